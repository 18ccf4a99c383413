"""The outbox: events leave with their transaction, in order, and have one effect."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.append import append
from data.outbox.inbox import PostgresInbox
from data.outbox.records import OutboxRecord
from data.outbox.relay import OutboxRelay
from data.outbox.tables import outbox
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import UserId, new_uuid
from services.shared.infrastructure.dispatch import HandlerSet


def record(key: UUID, number: int, topic: str = "test") -> OutboxRecord:
    return OutboxRecord(new_uuid(), topic, "Happened", str(key), datetime.now(UTC), {"number": number})


class Collector:
    """A handler that keeps what it gets, and fails on numbers it is told to."""

    def __init__(self, consumer: str, topics: frozenset[str] = frozenset({"test"})) -> None:
        self.consumer = f"{consumer}-{new_uuid()}"
        self.topics = topics
        self.names = None
        self.got: list[tuple[str, object]] = []
        self.failing: set[object] = set()
        self.arrived = asyncio.Event()
        self.awaited: UUID | None = None

    async def handle(self, event: EventRecord) -> None:
        number = event.payload["number"]
        if number in self.failing:
            raise ConnectionError("this one is down")
        self.got.append((str(event.user_id), number))
        if event.user_id == self.awaited:
            self.arrived.set()

    def numbers(self, key: UUID) -> list[object]:
        return [number for user, number in self.got if user == str(key)]


async def put(engine: AsyncEngine, records: Sequence[OutboxRecord]) -> None:
    async with engine.begin() as connection:
        await append(connection, records)


def relay(engine: AsyncEngine, *handlers: Collector, idle_poll_s: float = 5) -> OutboxRelay:
    return OutboxRelay(engine, HandlerSet(PostgresInbox(engine), handlers).handle, idle_poll_s=idle_poll_s)


async def test_nothing_leaves_when_the_transaction_does_not_commit(
    postgres_engine: AsyncEngine, unique_user: UserId
) -> None:
    collector = Collector("c")
    async with postgres_engine.connect() as connection:
        await append(connection, [record(unique_user, 1)])
        await connection.rollback()
    await relay(postgres_engine, collector).deliver_pending()
    assert collector.numbers(unique_user) == []


async def test_delivery_is_in_order_and_once_even_when_repeated(
    postgres_engine: AsyncEngine, unique_user: UserId
) -> None:
    collector = Collector("c")
    records = [record(unique_user, number) for number in range(300)]
    await put(postgres_engine, records)
    await put(postgres_engine, records[:10])
    delivering = relay(postgres_engine, collector)
    await delivering.deliver_pending()
    async with postgres_engine.begin() as connection:
        await connection.execute(update(outbox).where(outbox.c.key == str(unique_user)).values(delivered_at=None))
    await delivering.deliver_pending()
    assert collector.numbers(unique_user) == list(range(300))


async def test_a_failure_holds_its_own_key_back_and_no_other(postgres_engine: AsyncEngine, unique_user: UserId) -> None:
    other = UserId(new_uuid())
    failing, steady = Collector("failing"), Collector("steady")
    failing.failing = {2}
    await put(postgres_engine, [record(unique_user, number) for number in (1, 2, 3)] + [record(other, 9)])
    delivering = relay(postgres_engine, failing, steady)
    await delivering.deliver_pending()
    assert failing.numbers(unique_user) == [1]
    assert failing.numbers(other) == [9]
    async with postgres_engine.connect() as connection:
        query = select(outbox.c.attempts, outbox.c.last_error).where(
            outbox.c.key == str(unique_user), outbox.c.attempts > 0
        )
        ((attempts, error),) = (await connection.execute(query)).all()
    assert attempts == 1
    assert "this one is down" in error

    failing.failing = set()
    async with postgres_engine.begin() as connection:
        due = update(outbox).where(outbox.c.key == str(unique_user)).values(available_at=datetime.now(UTC))
        await connection.execute(due)
    await delivering.deliver_pending()
    assert failing.numbers(unique_user) == steady.numbers(unique_user) == [1, 2, 3]


async def test_the_relay_wakes_when_something_is_put_in(postgres_engine: AsyncEngine, unique_user: UserId) -> None:
    collector = Collector("c")
    collector.awaited = unique_user
    delivering = relay(postgres_engine, collector, idle_poll_s=60)
    task = asyncio.create_task(delivering.run())
    try:
        await put(postgres_engine, [record(unique_user, 1)])
        await asyncio.wait_for(collector.arrived.wait(), 20)
        collector.arrived.clear()
        await put(postgres_engine, [record(unique_user, 2)])
        await asyncio.wait_for(collector.arrived.wait(), 20)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert collector.numbers(unique_user) == [1, 2]


async def test_a_second_relay_waits_and_takes_over(postgres_engine: AsyncEngine, unique_user: UserId) -> None:
    first, second = Collector("same"), Collector("same")
    second.consumer = first.consumer
    first.awaited = second.awaited = unique_user
    running = [asyncio.create_task(relay(postgres_engine, one).run()) for one in (first, second)]
    try:
        await put(postgres_engine, [record(unique_user, 1)])
        arrived = [asyncio.create_task(one.arrived.wait()) for one in (first, second)]
        done, pending = await asyncio.wait(arrived, timeout=20, return_when=asyncio.FIRST_COMPLETED)
        assert len(done) == 1
        leader = 0 if arrived[0] in done else 1
        running[leader].cancel()
        await asyncio.gather(running[leader], return_exceptions=True)
        for waiting in pending:
            waiting.cancel()
        await put(postgres_engine, [record(unique_user, 2)])
        await asyncio.wait_for(_until_got((first, second)[1 - leader], unique_user, 2), 20)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    assert (first, second)[leader].numbers(unique_user) == [1]
    # The first may have been cut off before it could note what it had done: then the second does it again.
    assert (first, second)[1 - leader].numbers(unique_user) in ([2], [1, 2])


async def _until_got(collector: Collector, key: UUID, number: int) -> None:
    while number not in collector.numbers(key):
        collector.arrived.clear()
        await collector.arrived.wait()


async def test_nobody_waits_for_all_of_another_persons_many_records(
    postgres_engine: AsyncEngine, unique_user: UserId
) -> None:
    busy, other = unique_user, new_uuid()
    collector = Collector("c")
    await put(postgres_engine, [record(busy, number) for number in range(400)])
    await put(postgres_engine, [record(other, 1)])
    await relay(postgres_engine, collector).deliver_pending()
    order = [user for user, _ in collector.got if user in {str(busy), str(other)}]
    assert order.index(str(other)) < 50
    assert collector.numbers(busy) == list(range(400))
