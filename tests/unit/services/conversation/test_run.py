import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from services.conversation.application.cursor import decode_cursor, encode_cursor
from services.conversation.domain.conversation import Conversation, ConversationPosition
from services.conversation.domain.events import ConversationTurnCompleted
from services.conversation.domain.message import Role
from services.conversation.domain.run import Run, RunState
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import ConversationId, MessageId, RunId, UserId, new_uuid

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RUN = Run(
    id=RunId(new_uuid()),
    user_id=UserId(new_uuid()),
    conversation_id=ConversationId(new_uuid()),
    idempotency_key=None,
    request_sha256="0" * 64,
    user_message="How much?",
    started_at=NOON,
)
DONE = dataclasses.replace(
    RUN,
    state=RunState.COMPLETED,
    answer="₹5.",
    message_id=MessageId(new_uuid()),
    citations=({"figure": "₹5", "call_id": "c1", "path": "$.total"},),
    finished_at=NOON + timedelta(milliseconds=1_500),
)


def test_a_completed_run_is_a_turn() -> None:
    turn = DONE.turn()
    assert turn is not None
    question, answer = turn.messages
    assert (question.role, question.content, question.timestamp) == (Role.USER, "How much?", NOON)
    assert (answer.role, answer.content, answer.timestamp) == (Role.ASSISTANT, "₹5.", DONE.finished_at)
    assert (answer.message_id, answer.citations) == (DONE.message_id, DONE.citations)
    assert {question.run_id, answer.run_id, turn.turn_id} == {DONE.id}
    assert DONE.duration_ms == 1_500


@pytest.mark.parametrize("state", sorted(set(RunState) - {RunState.COMPLETED, RunState.CANCELLED}))
def test_any_other_run_is_none(state: RunState) -> None:
    run = dataclasses.replace(DONE, state=state)
    assert run.turn() is None
    assert run.is_finished == (state is RunState.FAILED)


def test_a_cancelled_run_is_a_turn_as_far_as_it_came() -> None:
    cancelled = dataclasses.replace(DONE, state=RunState.CANCELLED, answer="You sp", message_id=None, citations=())
    turn = cancelled.turn()
    assert turn is not None
    assert [message.content for message in turn.messages] == ["How much?", "You sp"]
    silent = dataclasses.replace(cancelled, answer="").turn()
    assert silent is not None
    assert [message.content for message in silent.messages] == ["How much?"]


def test_events_carry_no_text_of_the_conversation() -> None:
    fields = {field.name for field in dataclasses.fields(ConversationTurnCompleted)}
    assert fields.isdisjoint({"user_message", "question", "answer", "content", "title", "messages"})


def test_a_cursor_comes_back_as_the_position() -> None:
    last = Conversation(id=RUN.conversation_id, user_id=RUN.user_id, title="", created_at=NOON, updated_at=NOON)
    assert decode_cursor(encode_cursor(last)) == ConversationPosition(NOON, RUN.conversation_id)


@pytest.mark.parametrize("cursor", ["", "x", "é", "////", "MjAyNi0xMS0yNHx4", "MjAyNi0xMS0yNFQxMjowMDowMHww"])
def test_a_foreign_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInputError, match="cursor is not valid"):
        decode_cursor(cursor)
