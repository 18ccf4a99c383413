"""Writes stop for their owner: shown, decided once, done once, whatever is killed in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from agents.approvals import Word
from agents.runs.events import EventType, RunEvent, parse
from api.protocols.program_calls import ProgramCalls, what_came
from api.protocols.turns import Turns
from data.leases import RedisLeases
from services.conversation.application.approvals.list_pending_approvals import ListPendingApprovalsRequest
from services.conversation.application.get_run import GetRunRequest
from services.conversation.domain.approvals.approval import ApprovalState, Decision
from services.conversation.domain.approvals.errors import (
    ApprovalAlteredError,
    ApprovalDecidedError,
    ApprovalExpiredError,
    ApprovalNotFoundError,
)
from services.conversation.domain.run import Run, RunState
from services.shared.application.effect_ledger import EffectKey, Outcome
from services.shared.domain.errors import InvalidInputError, PermissionDeniedError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ApprovalId, UserId, new_uuid
from services.shared.infrastructure.effect_ledger import PostgresEffectLedger
from tests.integration.agents.conftest import Chat, OpenChat
from tests.integration.agents.test_turns import text_of
from tests.integration.agents.writing import WRITE_SCOPE, Clock, Wishes, call, plans

Work = Callable[[], Awaitable[bytes]]
GOA = call("make_plan", title="Goa", budget="50000")
KEPT = ["plan Goa 50000"]


async def until_waiting(chat: Chat, after: int = 0) -> tuple[Run, list[RunEvent]]:
    """Ask, and follow the run until it waits for approval."""
    accepted = await chat.engine.submit(chat.identity, chat.request("Plan a trip to Goa"))
    return accepted.run, await waiting_events(chat, accepted.run, after)


async def waiting_events(chat: Chat, run: Run, after: int = 0) -> list[RunEvent]:
    events: list[RunEvent] = []
    async with aclosing(chat.engine.follow(run, after)) as followed:
        async for frames in followed:
            events += parse(frames)
            if events[-1].is_waiting:
                return events
    raise AssertionError(f"the run ended with {events[-1]}")


def asked(events: list[RunEvent]) -> list[dict[str, Any]]:
    return [event.data for event in events if event.type is EventType.APPROVAL_REQUIRED]


def word(shown: dict[str, Any], decision: Decision = Decision.APPROVE, **arguments: object) -> Word:
    return Word(
        approval_id=ApprovalId(UUID(shown["approval_id"])),
        decision=decision,
        digest=shown["hash"],
        arguments=arguments or None,
    )


async def state_of(chat: Chat, run: Run) -> RunState:
    found = await chat.conversations.get_run(GetRunRequest(user_id=chat.identity.user_id, run_id=run.id))
    return found.state


async def ended(chat: Chat, run: Run, after: int) -> list[RunEvent]:
    """The rest of the run, the engine looking after it until it has ended."""
    async with asyncio.timeout(30):
        while await state_of(chat, run) not in {RunState.COMPLETED, RunState.FAILED}:
            await chat.engine.look_after()
            await asyncio.sleep(0.02)
        return await chat.events(run, after)


def told(model: Wishes, what: str) -> bool:
    """Whether the model was told so last: looking after runs, an engine also takes those that other tests left."""
    return any(what in str(request.messages[-1]["content"]) for request in model.requests)


@pytest.fixture
async def chat(open_chat: OpenChat) -> AsyncIterator[Chat]:
    async with open_chat(Wishes([GOA])) as opened:
        yield opened


async def test_a_write_waits_and_is_done_when_approved(chat: Chat) -> None:
    run, events = await until_waiting(chat)
    (shown,) = asked(events)
    assert shown["name"] == "make_plan"
    assert shown["arguments"] == {"title": "Goa", "budget": "50000"}
    assert shown["preview"]["summary"] == "Plan 'Goa' for ₹50,000."
    assert shown["preview"]["details"] == [{"label": "Budget", "value": "₹50,000"}]
    assert [event.type for event in events[-2:]] == [EventType.APPROVAL_REQUIRED, EventType.STEP]
    assert await state_of(chat, run) is RunState.WAITING
    assert await plans(chat.conversations, run.user_id) == []
    pending = await chat.conversations.approvals.list_pending(ListPendingApprovalsRequest(user_id=run.user_id))
    assert [str(approval.id) for approval in pending] == [shown["approval_id"]]

    await chat.engine.decide(chat.identity, word(shown))
    rest = await ended(chat, run, events[-1].seq)
    assert await plans(chat.conversations, run.user_id) == KEPT
    result = next(event.data for event in rest if event.type is EventType.TOOL_RESULT)
    assert (result["ok"], result["result"]) == (True, {"title": "Goa", "budget": "50000"})
    assert rest[-1].type is EventType.RUN_COMPLETED
    assert [event.seq for event in events + rest] == list(range(1, len(events + rest) + 1))
    assert await chat.conversations.approvals.list_pending(ListPendingApprovalsRequest(user_id=run.user_id)) == []


async def test_a_stream_that_stays_open_sees_the_end(chat: Chat) -> None:
    accepted = await chat.engine.submit(chat.identity, chat.request("Plan a trip to Goa"))
    whole = asyncio.create_task(chat.events(accepted.run))
    events = await waiting_events(chat, accepted.run)
    await chat.engine.decide(chat.identity, word(asked(events)[0]))
    async with asyncio.timeout(30):
        assert (await whole)[-1].type is EventType.RUN_COMPLETED


async def test_who_asks_before_an_approved_run_goes_on_waits_for_what_comes_of_it(chat: Chat) -> None:
    run, events = await until_waiting(chat)
    assert await chat.engine.waits_at(run, events[-1])
    await chat.desk.decide(chat.identity, word(asked(events)[0]))
    assert await state_of(chat, run) is RunState.WAITING
    assert not await chat.engine.waits_at(run, events[-1])

    calls = ProgramCalls(chat.gateway, Turns(chat.engine, chat.conversations))
    outcome = {"approval_id": asked(events)[0]["approval_id"]}
    told = asyncio.create_task(calls.call(chat.identity, "make_plan", outcome))
    await ended(chat, run, events[-1].seq)
    assert await told == {"status": "done", "result": {"title": "Goa", "budget": "50000"}}


async def test_a_declined_write_is_told_to_the_model(open_chat: OpenChat) -> None:
    model = Wishes([GOA])
    async with open_chat(model) as chat:
        run, events = await until_waiting(chat)
        await chat.engine.decide(chat.identity, word(asked(events)[0], Decision.REJECT))
        rest = await ended(chat, run, events[-1].seq)
        assert text_of(rest) == "That is all."
        assert told(model, '"code":"declined"')
        assert await plans(chat.conversations, run.user_id) == []


async def test_an_edit_is_approved_with_its_own_hash_and_preview(open_chat: OpenChat) -> None:
    model = Wishes([GOA])
    async with open_chat(model) as chat:
        run, events = await until_waiting(chat)
        (shown,) = asked(events)
        with pytest.raises(InvalidInputError, match="budget"):
            await chat.engine.decide(chat.identity, word(shown, Decision.EDIT, title="Goa", budget=0.5))
        edited = await chat.engine.decide(chat.identity, word(shown, Decision.EDIT, title="Goa", budget="40000"))
        assert edited.state is ApprovalState.EDITED
        assert edited.digest != shown["hash"]
        assert edited.wish.summary == "Plan 'Goa' for ₹40,000."
        await ended(chat, run, events[-1].seq)
        assert await plans(chat.conversations, run.user_id) == ["plan Goa 40000"]
        assert told(model, '"edited_arguments":{"title":"Goa","budget":"40000"}')


async def test_what_nobody_answers_expires_and_the_run_goes_on(open_chat: OpenChat) -> None:
    clock, model = Clock(), Wishes([GOA])
    async with open_chat(model, clock=clock) as chat:
        run, events = await until_waiting(chat)
        clock.ahead = timedelta(minutes=5)
        with pytest.raises(ApprovalExpiredError):
            await chat.engine.decide(chat.identity, word(asked(events)[0]))
        rest = await ended(chat, run, events[-1].seq)
        assert rest[-1].type is EventType.RUN_COMPLETED
        assert told(model, '"code":"approval-expired"')
        assert await plans(chat.conversations, run.user_id) == []


async def test_wrong_words_are_refused_and_change_nothing(chat: Chat) -> None:
    run, events = await until_waiting(chat)
    (shown,) = asked(events)
    stranger = Identity(UserId(new_uuid()), chat.identity.scopes)
    with pytest.raises(ApprovalNotFoundError):
        await chat.engine.decide(stranger, word(shown))
    with pytest.raises(ApprovalAlteredError):
        await chat.engine.decide(chat.identity, word(shown | {"hash": "0" * 64}))
    with pytest.raises(PermissionDeniedError):
        await chat.engine.decide(Identity(chat.identity.user_id, frozenset({"finance:read"})), word(shown))
    with pytest.raises(InvalidInputError):
        await chat.engine.decide(chat.identity, word(shown, Decision.EDIT))
    with pytest.raises(InvalidInputError):
        await chat.engine.decide(chat.identity, word(shown, Decision.APPROVE, title="Goa", budget="1"))
    assert await state_of(chat, run) is RunState.WAITING
    await chat.engine.decide(chat.identity, word(shown))
    for decision in Decision:
        arguments = {"title": "Goa", "budget": "1"} if decision is Decision.EDIT else {}
        with pytest.raises(ApprovalDecidedError):
            await chat.engine.decide(chat.identity, word(shown, decision, **arguments))
    await ended(chat, run, events[-1].seq)
    assert await plans(chat.conversations, run.user_id) == KEPT


async def test_what_a_cancelled_run_asked_for_can_be_approved_no_more(chat: Chat) -> None:
    run, events = await until_waiting(chat)
    (shown,) = asked(events)
    await chat.engine.cancel(await chat.conversations.get_run(GetRunRequest(user_id=run.user_id, run_id=run.id)))
    pending = chat.conversations.approvals.list_pending
    assert await pending(ListPendingApprovalsRequest(user_id=run.user_id)) == []
    with pytest.raises(ApprovalExpiredError):
        await chat.engine.decide(chat.identity, word(shown))


async def test_a_write_whose_commit_was_not_heard_of_is_told_as_done(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, unheard = PostgresEffectLedger.once, [ConnectionResetError("just after the commit")]

    async def cut(ledger: PostgresEffectLedger, key: EffectKey, work: Work, *, wait: bool = False) -> Outcome:
        outcome = await once(ledger, key, work, wait=wait)
        if unheard:
            raise unheard.pop()
        return outcome

    monkeypatch.setattr(PostgresEffectLedger, "once", cut)
    run, events = await until_waiting(chat)
    await chat.engine.decide(chat.identity, word(asked(events)[0]))
    told = await ended(chat, run, events[-1].seq)
    assert [event.data["ok"] for event in told if event.type is EventType.TOOL_RESULT] == [True]
    assert await plans(chat.conversations, run.user_id) == KEPT
    assert unheard == []


async def test_a_write_that_has_begun_is_done_and_told_before_its_run_is_cancelled(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    once, begun, goes_on = PostgresEffectLedger.once, asyncio.Event(), asyncio.Event()

    async def slow(ledger: PostgresEffectLedger, key: EffectKey, work: Work, *, wait: bool = False) -> Outcome:
        outcome = await once(ledger, key, work, wait=wait)
        begun.set()
        await goes_on.wait()
        return outcome

    monkeypatch.setattr(PostgresEffectLedger, "once", slow)
    run, events = await until_waiting(chat)
    await chat.engine.decide(chat.identity, word(asked(events)[0]))
    await begun.wait()
    cancelling = asyncio.create_task(chat.engine.cancel(run))
    asyncio.get_running_loop().call_soon(goes_on.set)
    await cancelling
    told = await chat.events(run)
    assert [event.data["ok"] for event in told if event.type is EventType.TOOL_RESULT] == [True]
    assert told[-1].type is EventType.RUN_CANCELLED
    assert what_came(told)["status"] == "done"
    assert await plans(chat.conversations, run.user_id) == KEPT


async def test_a_run_that_is_cancelled_as_it_comes_to_wait_is_cancelled(
    open_chat: OpenChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaving, release, clock = asyncio.Event(), RedisLeases.release, Clock()

    async def slow_release(leases: RedisLeases, name: str) -> None:
        if not leaving.is_set():
            leaving.set()
            await asyncio.Event().wait()
        await release(leases, name)

    monkeypatch.setattr(RedisLeases, "release", slow_release)
    async with open_chat(Wishes([GOA]), clock=clock) as chat:
        run = (await chat.conversations.accept_turn(chat.request("Plan a trip to Goa"))).run
        clock.ahead = timedelta(seconds=5)
        await chat.engine.take_over()
        async with asyncio.timeout(30):
            await leaving.wait()
            await chat.engine.cancel(run)
            assert (await chat.events(run))[-1].type is EventType.RUN_CANCELLED
        assert await state_of(chat, run) is RunState.CANCELLED


async def test_a_record_that_was_altered_is_not_done(chat: Chat, postgres_engine: AsyncEngine) -> None:
    run, events = await until_waiting(chat)
    (shown,) = asked(events)
    async with postgres_engine.begin() as connection:
        await connection.execute(
            text("UPDATE approvals SET arguments = jsonb_set(arguments, '{budget}', '\"99\"') WHERE run_id = :run"),
            {"run": run.id},
        )
    await chat.engine.decide(chat.identity, word(shown))
    rest = await ended(chat, run, events[-1].seq)
    assert [event.data["ok"] for event in rest if event.type is EventType.TOOL_RESULT] == [False]
    assert await plans(chat.conversations, run.user_id) == []


async def test_two_writes_of_a_round_are_decided_one_by_one(open_chat: OpenChat) -> None:
    agra = call("make_plan", title="Agra", budget="9000")
    async with open_chat(Wishes([GOA, agra, call("get_balance")])) as chat:
        run, events = await until_waiting(chat)
        first, second = asked(events)
        assert [event.data["name"] for event in events if event.type is EventType.TOOL_RESULT] == ["get_balance"]
        await chat.engine.decide(chat.identity, word(first, Decision.REJECT))
        assert await state_of(chat, run) is RunState.WAITING
        await chat.engine.decide(chat.identity, word(second))
        rest = await ended(chat, run, events[-1].seq)
        assert [event.data["ok"] for event in rest if event.type is EventType.TOOL_RESULT] == [False, True]
        assert await plans(chat.conversations, run.user_id) == ["plan Agra 9000"]


async def test_a_write_that_cannot_be_is_not_asked_for(open_chat: OpenChat) -> None:
    wrong = [call("make_plan", title="bad", budget="1"), call("make_plan", title="x", budget="-1"), call("make_plan")]
    async with open_chat(Wishes(wrong)) as chat:
        events = await chat.ask()
        assert asked(events) == []
        codes = [event.data["result"]["error"]["code"] for event in events if event.type is EventType.TOOL_RESULT]
        assert codes == ["conflict", "invalid-arguments", "invalid-arguments"]


async def test_a_write_that_fails_is_told_and_its_approval_is_spent(open_chat: OpenChat) -> None:
    async with open_chat(Wishes([call("make_plan", title="taken", budget="1")])) as chat:
        run, events = await until_waiting(chat)
        await chat.engine.decide(chat.identity, word(asked(events)[0]))
        rest = await ended(chat, run, events[-1].seq)
        result = next(event.data["result"] for event in rest if event.type is EventType.TOOL_RESULT)
        assert result["error"]["code"] == "conflict"
        found = await chat.approval(asked(events)[0]["approval_id"])
        assert found.state is ApprovalState.USED


async def test_a_caller_without_the_scope_is_never_asked(open_chat: OpenChat) -> None:
    async with open_chat(Wishes([GOA])) as chat:
        reader = replace(chat, identity=Identity(chat.identity.user_id, chat.identity.scopes - {WRITE_SCOPE}))
        events = await reader.ask()
        assert asked(events) == []
        assert events[-1].type is EventType.RUN_COMPLETED


async def test_a_pending_approval_outlives_its_process(open_chat: OpenChat) -> None:
    model = Wishes([GOA])
    async with open_chat(model, owner="dead") as dead:
        run, events = await until_waiting(dead)
    async with open_chat(model, owner="heir") as heir:
        await heir.engine.decide(heir.identity, word(asked(events)[0]))
        rest = await ended(heir, run, events[-1].seq)
        assert rest[-1].type is EventType.RUN_COMPLETED
        assert await plans(heir.conversations, run.user_id) == KEPT
        assert len(asked(await heir.events(run))) == 1


async def test_a_write_done_just_before_a_crash_is_not_done_again(open_chat: OpenChat) -> None:
    """The write is in the record, its checkpoint is not: the node runs again."""
    model = Wishes([GOA])
    async with open_chat(model, owner="dead") as dead:
        run, events = await until_waiting(dead)
    async with open_chat(model, owner="heir") as heir:
        approval = await heir.desk.decide(heir.identity, word(asked(events)[0]))
        tool_call = {"id": "call_1_1", "function": {"name": "make_plan", "arguments": GOA.arguments}}
        await heir.desk.perform(heir.identity, approval, tool_call)  # type: ignore[arg-type]
        assert await plans(heir.conversations, run.user_id) == KEPT
        await heir.engine.take_over()
        rest = await ended(heir, run, events[-1].seq)
        assert [event.data["ok"] for event in rest if event.type is EventType.TOOL_RESULT] == [True]
        assert await plans(heir.conversations, run.user_id) == KEPT
