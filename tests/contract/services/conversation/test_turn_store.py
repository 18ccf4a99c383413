"""What every `TurnStore` must do, on PostgreSQL embedded or by URL."""

import asyncio
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.conversation.domain.run import RunState
from tests.contract.services.conversation.conftest import SPENT, Store, result_of


async def told(engine: AsyncEngine, store: Store) -> list[str]:
    query = select(outbox.c.name).where(outbox.c.key == str(store.user_id)).order_by(outbox.c.position)
    async with engine.connect() as connection:
        return list((await connection.execute(query)).scalars())


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
        done, _ = await asyncio.wait({completing}, timeout=0.2)
        assert not done
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
