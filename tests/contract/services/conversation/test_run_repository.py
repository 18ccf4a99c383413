"""What every `RunRepository` and `RunReader` must do: on the embedded engine, and by NIVESH_TEST_POSTGRES_URL."""

import asyncio
import dataclasses
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from services.conversation.domain.errors import ConversationBusyError, IdempotencyKeyReusedError
from services.conversation.domain.run import AcceptedRun, RunState
from services.shared.domain.ids import RunId, UserId, new_uuid
from tests.contract.services.conversation.conftest import START, Store, result_of


async def test_an_accepted_run_comes_back_exactly(store: Store) -> None:
    run = store.run(await store.open(), key="k")
    assert await store.accept(run) == AcceptedRun(run, replayed=False)
    assert await store.stored(run) == run


async def test_the_life_of_a_run_that_is_answered(store: Store) -> None:
    run, result = store.run(await store.open()), result_of()
    await store.accept(run)
    assert await store.start(run)
    started = await store.stored(run)
    assert (started.state, started.model, started.prompt_id) == (RunState.RUNNING, START.model, START.prompt_id)
    assert (started.prompt_version, started.prompt_hash) == (START.prompt_version, START.prompt_hash)
    assert (started.owner, started.heartbeat_at) == (START.owner, run.started_at)
    assert await store.finish(run, result)
    assert await store.stored(run) == dataclasses.replace(
        started,
        state=RunState.COMPLETED,
        answer=result.answer,
        message_id=result.message_id,
        model="gpt",
        prompt_tokens=120,
        completion_tokens=30,
        citations=result.citations,
        finished_at=run.started_at + timedelta(seconds=2),
    )


async def test_a_run_that_fails_keeps_the_problem(store: Store) -> None:
    run = store.run(await store.open())
    await store.accept(run)
    assert await store.fail(run)
    failed = await store.stored(run)
    assert (failed.state, failed.problem) == (RunState.FAILED, {"status": 503, "errors": []})
    assert failed.finished_at == run.started_at
    assert (failed.model, failed.prompt_tokens, failed.completion_tokens) == ("spare", 11, 5)


async def test_a_cancelled_run_has_an_end(store: Store) -> None:
    run = store.run(await store.open())
    await store.accept(run)
    assert await store.cancel(run)
    cancelled = await store.stored(run)
    assert (cancelled.state, cancelled.finished_at) == (RunState.CANCELLED, run.started_at)
    assert (cancelled.model, cancelled.prompt_tokens, cancelled.completion_tokens) == ("spare", 11, 5)


async def test_an_ended_run_changes_no_more(store: Store) -> None:
    run = store.run(await store.open())
    await store.accept(run)
    await store.finish(run, result_of())
    ended = await store.stored(run)
    assert not await store.start(run)
    assert not await store.finish(run, result_of("another answer"))
    assert not await store.fail(run)
    assert not await store.cancel(run)
    assert await store.stored(run) == ended


async def test_a_process_that_lost_a_run_changes_it_no_more(store: Store) -> None:
    run = store.run(await store.open())
    await store.accept(run)
    await store.start(run)
    assert not await store.wait(run, owner="host:0")
    assert not await store.fail(run, owner="host:0")
    assert not await store.finish(run, result_of(), owner="host:0")
    assert (await store.stored(run)).state is RunState.RUNNING
    assert await store.wait(run, owner=START.owner)
    assert await store.finish(run, result_of(), owner=START.owner)


async def test_a_running_run_may_be_started_again(store: Store) -> None:
    run = store.run(await store.open())
    await store.accept(run)
    assert await store.start(run)
    assert await store.start(run)


async def test_the_same_key_and_request_is_the_same_run(store: Store) -> None:
    conversation = await store.open()
    run = store.run(conversation, key="k")
    await store.accept(run)
    assert await store.accept(store.run(conversation, key="k")) == AcceptedRun(run, replayed=True)
    await store.finish(run, result_of())
    replay = await store.accept(store.run(await store.open(), key="k"))
    assert replay == AcceptedRun(await store.stored(run), replayed=True)


async def test_the_same_key_for_another_request_is_refused(store: Store) -> None:
    conversation = await store.open()
    await store.accept(store.run(conversation, key="k", digest="a"))
    with pytest.raises(IdempotencyKeyReusedError):
        await store.accept(store.run(conversation, key="k", digest="b"))


async def test_keys_of_different_people_do_not_meet(store: Store) -> None:
    other = store.of_another()
    first, second = store.run(await store.open(), key="k"), other.run(await other.open(), key="k")
    assert not (await store.accept(first)).replayed
    assert not (await other.accept(second)).replayed


async def test_one_question_at_a_time_in_a_conversation(store: Store) -> None:
    conversation = await store.open()
    run = store.run(conversation)
    await store.accept(run)
    with pytest.raises(ConversationBusyError):
        await store.accept(store.run(conversation))
    await store.start(run)
    with pytest.raises(ConversationBusyError):
        await store.accept(store.run(conversation, key="k"))
    await store.finish(run, result_of())
    assert not (await store.accept(store.run(conversation))).replayed


async def test_requests_with_one_key_at_once_make_one_run(store: Store) -> None:
    conversation = await store.open()
    accepted = await asyncio.gather(*(store.accept(store.run(conversation, key="k")) for _ in range(8)))
    assert len({one.run.id for one in accepted}) == 1
    assert [one.replayed for one in accepted].count(False) == 1


async def test_questions_at_once_in_one_conversation_make_one_run(store: Store) -> None:
    conversation = await store.open()
    outcomes = await asyncio.gather(*(store.accept(store.run(conversation)) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(outcome, AcceptedRun) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, ConversationBusyError) for outcome in outcomes) == 7


async def test_another_persons_run_is_not_there(store: Store) -> None:
    run = store.run(await store.open())
    await store.accept(run)
    assert await store.runs.get(run.id, UserId(new_uuid())) is None
    async with store.unit_of_work() as unit:
        assert await unit.runs.get(run.id, UserId(new_uuid())) is None


async def test_unfinished_runs_of_everyone_are_found(store: Store) -> None:
    accepted, running, done = [store.run(await store.open(), minutes=minutes) for minutes in range(3)]
    for run in (accepted, running, done):
        await store.accept(run)
    await store.start(running)
    await store.finish(done, result_of())
    soon = running.started_at + timedelta(seconds=1)
    assert await unfinished_of(store, before=soon) == [accepted.id, running.id]
    assert await unfinished_of(store, before=soon, known=[accepted.id]) == [running.id]
    assert await unfinished_of(store, before=accepted.started_at) == []
    async with store.unit_of_work() as unit:
        assert await unit.runs.has_unfinished(running.conversation_id)
        assert not await unit.runs.has_unfinished(done.conversation_id)


async def test_a_run_is_found_by_its_owners_key(store: Store) -> None:
    run = store.run(await store.open(), key="k")
    await store.accept(run)
    assert await store.runs.by_key("k", store.user_id) == run
    assert await store.runs.by_key("other", store.user_id) is None
    assert await store.runs.by_key("k", UserId(new_uuid())) is None


async def test_the_active_run_is_the_one_that_has_not_ended(store: Store) -> None:
    conversation = await store.open()
    run = store.run(conversation)
    assert await store.runs.active(conversation.id, store.user_id) is None
    await store.accept(run)
    active = await store.runs.active(conversation.id, store.user_id)
    assert active is not None
    assert active.id == run.id
    assert await store.runs.active(conversation.id, UserId(new_uuid())) is None
    await store.start(run)
    await store.finish(run, result_of())
    assert await store.runs.active(conversation.id, store.user_id) is None


async def unfinished_of(store: Store, *, before: datetime, known: Collection[RunId] = ()) -> list[RunId]:
    found = await store.runs.list_unfinished(before=before, known=known, limit=100_000)
    return [run.id for run in found if run.user_id == store.user_id]
