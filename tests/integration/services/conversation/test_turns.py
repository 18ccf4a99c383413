"""A turn from the question to the log, on real engines."""

import asyncio
import dataclasses
import functools
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.inbox import PostgresInbox
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.cancel_run import CancelRunRequest
from services.conversation.application.complete_turn import CompleteTurnRequest
from services.conversation.application.delete_conversation import DeleteConversationRequest
from services.conversation.application.fail_run import FailRunRequest
from services.conversation.application.get_conversation import GetConversationRequest
from services.conversation.application.get_history import GetHistoryRequest
from services.conversation.application.get_run import GetRunRequest
from services.conversation.application.list_conversations import ListConversationsRequest
from services.conversation.application.record_turn_in_chat_log import RecordTurnInChatLogRequest
from services.conversation.application.resolve_conversation import ResolveConversationRequest
from services.conversation.application.start_conversation import StartConversationRequest
from services.conversation.application.start_run import StartRunRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.application.wait_run import WaitRunRequest
from services.conversation.domain.errors import (
    ConversationBusyError,
    ConversationNotFoundError,
    IdempotencyKeyReusedError,
    RunClosedError,
    RunNotFoundError,
    RunTakenError,
)
from services.conversation.domain.run import Run, RunResult, RunStart, RunState
from services.conversation.infrastructure.wiring import build_handlers
from services.shared.domain.errors import TooLargeError
from services.shared.domain.events import Json
from services.shared.domain.ids import ConversationId, MessageId, UserId, new_uuid
from services.shared.infrastructure.dispatch import HandlerSet
from tests.integration.services.conversation.conftest import Outbox

START = RunStart(model="offline", prompt_id="reason", prompt_version="1", prompt_hash="f" * 64, owner="test")


def result_of(answer: str) -> RunResult:
    return RunResult(
        answer=answer,
        message_id=MessageId(new_uuid()),
        model="offline",
        prompt_tokens=7,
        completion_tokens=3,
        citations=({"figure": "₹5", "call_id": "c1", "path": "$.total"},),
    )


async def answer(use_cases: ConversationUseCases, run: Run, text: str = "₹5.") -> Run:
    started = await use_cases.start_run(StartRunRequest(user_id=run.user_id, run_id=run.id, start=START))
    return await use_cases.complete_turn(
        CompleteTurnRequest(user_id=run.user_id, run=started, result=result_of(text), tools=("get_spending",))
    )


async def test_a_turn_from_question_to_log(
    use_cases: ConversationUseCases, published: Outbox, unique_user: UserId
) -> None:
    accepted = await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="  How much on fuel? "))
    run = await answer(use_cases, accepted.run)
    assert await use_cases.record_turn_in_chat_log(RecordTurnInChatLogRequest(user_id=unique_user, run_id=run.id))

    view = await use_cases.get_conversation(
        GetConversationRequest(user_id=unique_user, conversation_id=run.conversation_id)
    )
    assert view.conversation.title == "How much on fuel?"
    assert view.conversation.updated_at == run.finished_at
    assert [message.content for message in view.page.messages] == ["How much on fuel?", "₹5."]
    history = await use_cases.get_history(
        GetHistoryRequest(user_id=unique_user, conversation_id=run.conversation_id, last=run.id)
    )
    assert [message.content for message in history] == ["How much on fuel?", "₹5."]

    started, completed = await published.records()
    assert (started.name, started.topic) == ("ConversationStarted", "conversation")
    assert completed.name == "ConversationTurnCompleted"
    duration_ms = completed.payload.pop("duration_ms")
    assert duration_ms == run.duration_ms
    assert completed.payload == {
        "run_id": str(run.id),
        "conversation_id": str(run.conversation_id),
        "message_id": str(run.message_id),
        "model": "offline",
        "prompt_id": "reason",
        "prompt_version": "1",
        "prompt_tokens": 7,
        "completion_tokens": 3,
        "tools": ["get_spending"],
        "citations": 1,
    }


async def test_a_turn_completed_again_publishes_nothing_more(
    use_cases: ConversationUseCases, published: Outbox, unique_user: UserId
) -> None:
    run = (await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q"))).run
    first = await answer(use_cases, run)
    again = await use_cases.complete_turn(
        CompleteTurnRequest(user_id=unique_user, run=run, result=result_of("another"))
    )
    assert again == first
    assert await published.names() == ["ConversationStarted", "ConversationTurnCompleted"]


async def test_the_same_request_again_is_the_same_run_and_opens_nothing(
    use_cases: ConversationUseCases, published: Outbox, unique_user: UserId
) -> None:
    request = AcceptTurnRequest(user_id=unique_user, message="q", idempotency_key="k")
    accepted = await asyncio.gather(*(use_cases.accept_turn(request) for _ in range(6)))
    assert len({one.run.id for one in accepted}) == 1
    assert [one.replayed for one in accepted].count(False) == 1
    assert await published.names() == ["ConversationStarted"]
    listed = await use_cases.list_conversations(ListConversationsRequest(user_id=unique_user))
    assert len(listed.conversations) == 1
    with pytest.raises(IdempotencyKeyReusedError):
        await use_cases.accept_turn(dataclasses.replace(request, message="another"))
    assert await published.names() == ["ConversationStarted"]


async def test_one_question_at_a_time(use_cases: ConversationUseCases, unique_user: UserId) -> None:
    conversation = await use_cases.start_conversation(StartConversationRequest(user_id=unique_user))
    ask = functools.partial(AcceptTurnRequest, user_id=unique_user, conversation_id=conversation.id)
    outcomes = await asyncio.gather(
        *(use_cases.accept_turn(ask(message=f"q{number}")) for number in range(4)), return_exceptions=True
    )
    assert sum(isinstance(outcome, ConversationBusyError) for outcome in outcomes) == 3


async def test_asking_while_the_last_turn_closes_never_deadlocks(
    use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    run = (await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q0"))).run
    for number in range(1, 15):
        following = AcceptTurnRequest(user_id=unique_user, conversation_id=run.conversation_id, message=f"q{number}")
        closed, accepted = await asyncio.gather(
            answer(use_cases, run), use_cases.accept_turn(following), return_exceptions=True
        )
        assert isinstance(closed, Run)
        if isinstance(accepted, ConversationBusyError):
            accepted = await use_cases.accept_turn(following)
        assert not isinstance(accepted, BaseException)
        run = accepted.run


async def test_a_question_that_is_too_long_leaves_no_trace(
    use_cases: ConversationUseCases, published: Outbox, unique_user: UserId
) -> None:
    with pytest.raises(TooLargeError, match="8,000"):
        await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="x" * 100_000))
    assert await published.names() == []


async def test_the_first_question_names_a_conversation_without_title(
    use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    for title, expected in ((None, "Where did it go?"), ("Mine", "Mine")):
        opened = await use_cases.start_conversation(StartConversationRequest(user_id=unique_user, title=title))
        await use_cases.accept_turn(
            AcceptTurnRequest(user_id=unique_user, conversation_id=opened.id, message="Where did it go?")
        )
        view = await use_cases.get_conversation(GetConversationRequest(user_id=unique_user, conversation_id=opened.id))
        assert view.conversation.title == expected


async def test_a_failed_or_cancelled_run_frees_the_conversation(
    use_cases: ConversationUseCases, published: Outbox, unique_user: UserId
) -> None:
    run = (await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q"))).run
    problem: dict[str, Json] = {"status": 503, "code": "model-unavailable"}
    assert await use_cases.fail_run(FailRunRequest(user_id=unique_user, run_id=run.id, problem=problem))
    assert not await use_cases.fail_run(FailRunRequest(user_id=unique_user, run_id=run.id, problem={}))
    again = AcceptTurnRequest(user_id=unique_user, conversation_id=run.conversation_id, message="q")
    second = (await use_cases.accept_turn(again)).run
    cancelled = await use_cases.cancel_run(CancelRunRequest(user_id=unique_user, run_id=second.id, answer="You sp"))
    assert (cancelled.state, cancelled.answer) == (RunState.CANCELLED, "You sp")
    more = CancelRunRequest(user_id=unique_user, run_id=second.id, answer="More")
    assert await use_cases.cancel_run(more) == cancelled
    third = (await use_cases.accept_turn(again)).run
    states = [
        (await use_cases.get_run(GetRunRequest(user_id=unique_user, run_id=one.id))).state
        for one in (run, second, third)
    ]
    assert states == [RunState.FAILED, RunState.CANCELLED, RunState.ACCEPTED]
    unfinished = await use_cases.list_unfinished_runs(before=third.started_at + timedelta(seconds=1), limit=100_000)
    assert [one.id for one in unfinished if one.user_id == unique_user] == [third.id]
    with pytest.raises(RunClosedError):
        await use_cases.start_run(StartRunRequest(user_id=unique_user, run_id=run.id, start=START))
    _, failed, ended = await published.records()
    assert (failed.name, ended.name) == ("ConversationTurnFailed", "ConversationTurnCancelled")
    assert failed.payload == {
        "run_id": str(run.id),
        "conversation_id": str(run.conversation_id),
        "problem": "model-unavailable",
    }


async def test_who_no_longer_works_on_a_run_has_no_say_in_it(
    use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    run = (await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q"))).run
    run = await use_cases.start_run(StartRunRequest(user_id=unique_user, run_id=run.id, start=START))
    failing = FailRunRequest(user_id=unique_user, run_id=run.id, problem={}, owner="asleep")
    waiting = WaitRunRequest(user_id=unique_user, run_id=run.id, owner="asleep")
    completing = CompleteTurnRequest(user_id=unique_user, run=run, result=result_of("x"), owner="asleep")
    with pytest.raises(RunTakenError):
        await use_cases.fail_run(failing)
    with pytest.raises(RunTakenError):
        await use_cases.wait_run(waiting)
    with pytest.raises(RunTakenError):
        await use_cases.complete_turn(completing)
    ended = await use_cases.complete_turn(dataclasses.replace(completing, owner=START.owner))
    assert not await use_cases.fail_run(failing)
    with pytest.raises(RunClosedError):
        await use_cases.wait_run(waiting)
    assert await use_cases.complete_turn(completing) == ended


async def test_nobody_touches_another_persons_run_or_conversation(
    use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    run = (await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q"))).run
    other = UserId(new_uuid())
    with pytest.raises(ConversationNotFoundError):
        await use_cases.accept_turn(AcceptTurnRequest(user_id=other, conversation_id=run.conversation_id, message="q"))
    with pytest.raises(RunNotFoundError):
        await use_cases.start_run(StartRunRequest(user_id=other, run_id=run.id, start=START))
    with pytest.raises(RunNotFoundError):
        await use_cases.complete_turn(CompleteTurnRequest(user_id=other, run=run, result=result_of("x")))
    with pytest.raises(RunNotFoundError):
        await use_cases.fail_run(FailRunRequest(user_id=other, run_id=run.id, problem={}))
    with pytest.raises(RunNotFoundError):
        await use_cases.cancel_run(CancelRunRequest(user_id=other, run_id=run.id))
    with pytest.raises(RunNotFoundError):
        await use_cases.get_run(GetRunRequest(user_id=other, run_id=run.id))
    assert (await use_cases.get_run(GetRunRequest(user_id=unique_user, run_id=run.id))) == run


async def test_a_conversation_is_not_deleted_while_it_answers(
    use_cases: ConversationUseCases, published: Outbox, unique_user: UserId
) -> None:
    run = (await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q"))).run
    delete = DeleteConversationRequest(user_id=unique_user, conversation_id=run.conversation_id)
    with pytest.raises(ConversationBusyError):
        await use_cases.delete_conversation(delete)
    await answer(use_cases, run)
    await use_cases.delete_conversation(delete)
    with pytest.raises(ConversationNotFoundError):
        await use_cases.delete_conversation(delete)
    assert (await published.names())[-1] == "ConversationDeleted"


async def test_the_consumer_writes_and_erases_the_log_from_the_published_records(
    use_cases: ConversationUseCases, published: Outbox, unique_user: UserId, postgres_engine: AsyncEngine
) -> None:
    handlers = HandlerSet(PostgresInbox(postgres_engine), build_handlers(use_cases))
    run = await answer(
        use_cases, (await use_cases.accept_turn(AcceptTurnRequest(user_id=unique_user, message="q"))).run
    )
    get = GetConversationRequest(user_id=unique_user, conversation_id=run.conversation_id)
    assert (await use_cases.get_conversation(get)).page.messages == ()
    assert not any(await handlers.handle(await published.records()))
    assert [message.content for message in (await use_cases.get_conversation(get)).page.messages] == ["q", "₹5."]
    await use_cases.delete_conversation(
        DeleteConversationRequest(user_id=unique_user, conversation_id=run.conversation_id)
    )
    assert not any(await handlers.handle(await published.records()))
    assert not await use_cases.record_turn_in_chat_log(RecordTurnInChatLogRequest(user_id=unique_user, run_id=run.id))


async def test_a_name_of_the_clients_own_stands_for_one_conversation(
    use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    async def resolve(name: str, user_id: UserId = unique_user) -> ConversationId:
        return await use_cases.resolve_conversation(ResolveConversationRequest(user_id=user_id, name=name))

    conversation_id = await resolve("chat 1")
    asking = AcceptTurnRequest(user_id=unique_user, message="Hello", conversation_id=conversation_id)
    with pytest.raises(ConversationNotFoundError):
        await use_cases.accept_turn(asking)
    opening = dataclasses.replace(asking, opens=True)
    run = (await use_cases.accept_turn(opening)).run
    await answer(use_cases, run)
    again = (await use_cases.accept_turn(dataclasses.replace(opening, message="And now?"))).run

    assert again.conversation_id == run.conversation_id == conversation_id
    assert await resolve(str(conversation_id)) == conversation_id
    assert await resolve("chat 2") != conversation_id
    assert await resolve(str(conversation_id), UserId(new_uuid())) != conversation_id


async def test_a_deleted_conversation_is_not_opened_again(use_cases: ConversationUseCases, unique_user: UserId) -> None:
    conversation_id = await use_cases.resolve_conversation(ResolveConversationRequest(user_id=unique_user, name="c"))
    request = AcceptTurnRequest(user_id=unique_user, message="Hello", conversation_id=conversation_id, opens=True)
    await answer(use_cases, (await use_cases.accept_turn(request)).run)
    await use_cases.delete_conversation(DeleteConversationRequest(user_id=unique_user, conversation_id=conversation_id))
    with pytest.raises(ConversationNotFoundError):
        await use_cases.accept_turn(request)
