"""What every `ChatLog` must do: on the embedded engine, and by NIVESH_TEST_MONGO_URL on a MongoDB server."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from pymongo.asynchronous.database import AsyncDatabase

from data.mongo import MongoDocument
from services.conversation.domain.message import Message, Role, Turn
from services.conversation.domain.repositories import ChatLog
from services.conversation.infrastructure.mongo_chat_log import COLLECTION, MongoChatLog
from services.shared.domain.events import Json
from services.shared.domain.ids import ConversationId, MessageId, RunId, UserId, new_uuid

NOON = datetime(2026, 11, 24, 12, 0, 0, 123_000, tzinfo=UTC)
CITATION: dict[str, Json] = {"figure": "₹1,234.50", "call_id": "c1", "path": "$.total", "parts": [1, None, True]}


@pytest.fixture
async def chat_log(mongo_database: AsyncDatabase[MongoDocument]) -> ChatLog:
    log = MongoChatLog(mongo_database)
    await log.create_indexes()
    return log


@pytest.fixture
def conversation_id() -> ConversationId:
    return ConversationId(new_uuid())


def turn_of(user_id: UserId, conversation_id: ConversationId, number: int = 1, answer: str = "₹1,234.50.") -> Turn:
    run_id, asked_at = RunId(new_uuid()), NOON + timedelta(minutes=number)
    question = Message(role=Role.USER, content=f"question {number}", timestamp=asked_at, run_id=run_id)
    reply = Message(
        role=Role.ASSISTANT,
        content=answer,
        timestamp=asked_at + timedelta(seconds=2),
        run_id=run_id,
        message_id=MessageId(new_uuid()),
        citations=(CITATION,),
    )
    return Turn(turn_id=run_id, conversation_id=conversation_id, user_id=user_id, messages=(question, reply))


async def test_nothing_was_said_at_first(
    chat_log: ChatLog, unique_user: UserId, conversation_id: ConversationId
) -> None:
    assert await chat_log.messages(conversation_id, unique_user, [RunId(new_uuid())]) == ()


async def test_turns_come_back_as_they_were_said_in_order(
    chat_log: ChatLog, unique_user: UserId, conversation_id: ConversationId
) -> None:
    turns = [turn_of(unique_user, conversation_id, number) for number in range(3)]
    for turn in turns:
        await chat_log.append_turn(turn)
    said = await chat_log.messages(conversation_id, unique_user, [turn.turn_id for turn in turns])
    assert said == tuple(message for turn in turns for message in turn.messages)


async def test_turns_that_end_at_the_same_moment_are_all_kept(
    chat_log: ChatLog, unique_user: UserId, conversation_id: ConversationId
) -> None:
    turns = [turn_of(unique_user, conversation_id, number) for number in range(5)]
    await asyncio.gather(*(chat_log.append_turn(turn) for turn in [*turns, *turns]))
    said = await chat_log.messages(conversation_id, unique_user, [turn.turn_id for turn in turns])
    assert said == tuple(message for turn in turns for message in turn.messages)


async def test_it_tells_which_turns_it_has(
    chat_log: ChatLog, unique_user: UserId, conversation_id: ConversationId
) -> None:
    turn = turn_of(unique_user, conversation_id)
    await chat_log.append_turn(turn)
    assert await chat_log.logged([turn.turn_id, RunId(new_uuid())]) == {turn.turn_id}
    assert await chat_log.logged([]) == set()


async def test_a_turn_kept_again_is_one_turn(
    chat_log: ChatLog, unique_user: UserId, conversation_id: ConversationId
) -> None:
    turn = turn_of(unique_user, conversation_id)
    await asyncio.gather(*(chat_log.append_turn(turn) for _ in range(5)))
    assert await chat_log.messages(conversation_id, unique_user, [turn.turn_id]) == turn.messages


async def test_only_the_wanted_turns_come_in_the_wanted_order(
    chat_log: ChatLog, unique_user: UserId, conversation_id: ConversationId
) -> None:
    first, second, version = [turn_of(unique_user, conversation_id, number) for number in range(3)]
    for turn in (second, version, first):
        await chat_log.append_turn(turn)
    wanted = [first.turn_id, RunId(new_uuid()), version.turn_id]
    assert await chat_log.messages(conversation_id, unique_user, wanted) == first.messages + version.messages
    assert await chat_log.messages(ConversationId(new_uuid()), unique_user, wanted) == ()


async def test_a_conversation_grows_past_the_size_of_one_document(
    chat_log: ChatLog, unique_user: UserId, conversation_id: ConversationId
) -> None:
    answer = "₹" * 1_000_000
    turns = [turn_of(unique_user, conversation_id, number, answer) for number in range(7)]
    for turn in turns:
        await chat_log.append_turn(turn)
    said = await chat_log.messages(conversation_id, unique_user, [turn.turn_id for turn in turns])
    assert sum(len(message.content.encode()) for message in said) > 16 * 1024 * 1024


async def test_nobody_reads_or_erases_another_persons_conversation(
    chat_log: ChatLog, unique_user: UserId, conversation_id: ConversationId
) -> None:
    turn, other = turn_of(unique_user, conversation_id), UserId(new_uuid())
    await chat_log.append_turn(turn)
    assert await chat_log.messages(conversation_id, other, [turn.turn_id]) == ()
    await chat_log.delete(conversation_id, other)
    assert await chat_log.messages(conversation_id, unique_user, [turn.turn_id]) == turn.messages


async def test_erasing_one_conversation_leaves_the_others(
    chat_log: ChatLog, unique_user: UserId, conversation_id: ConversationId
) -> None:
    kept = turn_of(unique_user, ConversationId(new_uuid()))
    await chat_log.append_turn(kept)
    gone = turn_of(unique_user, conversation_id)
    await chat_log.append_turn(gone)
    await chat_log.delete(conversation_id, unique_user)
    await chat_log.delete(conversation_id, unique_user)
    assert await chat_log.messages(conversation_id, unique_user, [gone.turn_id]) == ()
    assert await chat_log.messages(kept.conversation_id, unique_user, [kept.turn_id]) == kept.messages


async def test_documents_have_the_documented_shape(
    chat_log: ChatLog,
    mongo_database: AsyncDatabase[MongoDocument],
    unique_user: UserId,
    conversation_id: ConversationId,
) -> None:
    turn = turn_of(unique_user, conversation_id)
    await chat_log.append_turn(turn)
    question, answer = turn.messages
    assert await mongo_database[COLLECTION].find({"userId": str(unique_user)}).to_list() == [
        {
            "_id": str(turn.turn_id),
            "conversationId": str(conversation_id),
            "userId": str(unique_user),
            "parentId": None,
            "messages": [
                {"role": "user", "content": "question 1", "timestamp": question.timestamp},
                {
                    "role": "assistant",
                    "content": "₹1,234.50.",
                    "timestamp": answer.timestamp,
                    "messageId": str(answer.message_id),
                    "citations": [CITATION],
                },
            ],
        }
    ]
