"""What every `TurnStore` must do, on PostgreSQL embedded or by URL."""

import asyncio
import dataclasses
from datetime import timedelta

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.conversation.application.unit_of_work import ConversationUnitOfWork
from services.conversation.domain.conversation import Conversation
from services.conversation.domain.events import ConversationStarted
from services.conversation.domain.run import RunState
from services.conversation.infrastructure.postgres_unit_of_work import PostgresConversationUnitOfWork
from services.shared.domain.ids import ConversationId, new_uuid
from tests.contract.services.conversation.conftest import NOON, SPENT, Store, result_of


async def told(engine: AsyncEngine, store: Store) -> list[str]:
    query = select(outbox.c.name).where(outbox.c.key == str(store.user_id)).order_by(outbox.c.position)
    async with engine.connect() as connection:
        return list((await connection.execute(query)).scalars())


async def until_it_is_waited_for(engine: AsyncEngine, unit: ConversationUnitOfWork) -> None:
    assert isinstance(unit, PostgresConversationUnitOfWork)
    pid = (await unit.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND :pid = ANY(pg_blocking_pids(pid))")
    async with asyncio.timeout(30), engine.connect() as connection:
        while not (await connection.execute(waiting, {"pid": pid})).scalar_one():
            pass


async def test_a_turn_is_completed_once_and_told_once(store: Store, postgres_engine: AsyncEngine) -> None:
    conversation = await store.open()
    run = store.run(conversation)
    await store.accept(run)
    outcomes = await asyncio.gather(*(store.finish(run, result_of()) for _ in range(4)))
    assert sorted(outcomes) == [False, False, False, True]
    after = await store.conversations.get(conversation.id, store.user_id)
    assert after is not None
    assert after.updated_at == run.started_at + timedelta(seconds=2)
    assert await told(postgres_engine, store) == ["ConversationTurnCompleted"]


async def test_a_run_that_is_cancelled_at_the_same_moment_is_not_completed(
    store: Store, postgres_engine: AsyncEngine
) -> None:
    conversation = await store.open()
    run = store.run(conversation)
    await store.accept(run)
    async with store.unit_of_work() as unit:
        await unit.conversations.lock(conversation.id, store.user_id)
        completing = asyncio.create_task(store.finish(run, result_of()))
        await until_it_is_waited_for(postgres_engine, unit)
        # It waits for the conversation and holds no run meanwhile: this would wait for it in a ring.
        await unit.runs.cancel(run.id, "So far", SPENT, run.started_at)
        await unit.commit()
    assert not await completing
    assert (await store.stored(run)).state is RunState.CANCELLED
    assert await store.conversations.get(conversation.id, store.user_id) == conversation
    assert await told(postgres_engine, store) == []


async def test_a_turn_of_a_conversation_that_is_gone_is_completed(store: Store) -> None:
    conversation = await store.open()
    run = store.run(conversation)
    await store.accept(run)
    await store.delete(conversation)
    assert await store.finish(run, result_of())


async def test_a_conversation_is_opened_with_its_first_run(store: Store, postgres_engine: AsyncEngine) -> None:
    run = store.run(conversation_of(store), key="k")
    conversation = dataclasses.replace(conversation_of(store), id=run.conversation_id, head_id=run.id)
    event = ConversationStarted(user_id=store.user_id, conversation_id=conversation.id)
    assert await store.turns.open(conversation, run, event)
    assert await store.stored(run) == run
    assert await store.conversations.get(conversation.id, store.user_id) == conversation
    assert await told(postgres_engine, store) == ["ConversationStarted"]


async def test_a_key_that_is_taken_opens_nothing(store: Store, postgres_engine: AsyncEngine) -> None:
    await store.accept(store.run(await store.open(), key="k"))
    fresh = conversation_of(store)
    event = ConversationStarted(user_id=store.user_id, conversation_id=fresh.id)
    assert not await store.turns.open(fresh, store.run(fresh, key="k"), event)
    assert await store.conversations.get(fresh.id, store.user_id) is None
    assert await told(postgres_engine, store) == []


async def test_a_run_follows_the_head_and_becomes_it(store: Store) -> None:
    conversation = await store.open()
    first = await store.turns.follow(store.run(conversation), "From the first question")
    assert first is not None
    await store.finish(first, result_of())
    second = await store.turns.follow(store.run(conversation, minutes=5, key="k"), "From the second")
    assert second is not None
    assert (first.parent_id, second.parent_id) == (None, first.id)
    assert await store.stored(second) == second
    after = await store.conversations.get(conversation.id, store.user_id)
    assert after == dataclasses.replace(
        conversation, title="From the first question", updated_at=second.started_at, head_id=second.id
    )


async def test_a_run_that_cannot_follow_changes_nothing(store: Store) -> None:
    conversation, deleted, other = await store.open(), await store.open(), store.of_another()
    busy, idle = store.run(conversation, key="k"), await store.open()
    assert await store.turns.follow(busy, "")
    await store.delete(deleted)
    runs = (store.run(conversation), store.run(idle, key="k"), store.run(deleted), other.run(conversation))
    for run in (*runs, store.run(conversation_of(store))):
        assert await store.turns.follow(run, "another") is None
        assert await store.runs.get(run.id, run.user_id) is None
    assert await store.conversations.get(idle.id, store.user_id) == idle
    after = await store.conversations.get(conversation.id, store.user_id)
    assert after is not None
    assert after.head_id == busy.id


async def test_of_runs_that_follow_at_once_one_does(store: Store) -> None:
    conversation = await store.open()
    outcomes = await asyncio.gather(*(store.turns.follow(store.run(conversation), "") for _ in range(8)))
    (followed,) = [one for one in outcomes if one is not None]
    after = await store.conversations.get(conversation.id, store.user_id)
    assert after is not None
    assert after.head_id == followed.id


async def test_a_run_follows_the_head_that_a_unit_under_way_leaves(store: Store, postgres_engine: AsyncEngine) -> None:
    conversation = await store.open()
    first = await store.turns.follow(store.run(conversation), "title")
    assert first is not None
    await store.finish(first, result_of())
    async with store.unit_of_work() as unit:
        held = await unit.conversations.lock(conversation.id, store.user_id)
        assert held is not None
        following = asyncio.create_task(store.turns.follow(store.run(conversation), "another"))
        await until_it_is_waited_for(postgres_engine, unit)
        await unit.conversations.save(dataclasses.replace(held, title="renamed", head_id=None))
        await unit.commit()
    followed = await following
    assert followed is not None
    assert followed.parent_id is None
    after = await store.conversations.get(conversation.id, store.user_id)
    assert after is not None
    assert (after.title, after.head_id) == ("renamed", followed.id)


def conversation_of(store: Store) -> Conversation:
    return Conversation(
        id=ConversationId(new_uuid()), user_id=store.user_id, title="q", created_at=NOON, updated_at=NOON
    )
