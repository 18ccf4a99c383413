"""The cache answers right: after one's own write, beside late stores, in a stampede, and without Redis."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import cast

import pytest
from redis.asyncio import Redis
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.embedded import EngineAddress
from data.redis import create_redis
from services.financial.application.flows import FlowRequest
from services.financial.application.get_spending import GetSpending
from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping, Sort, TransactionFilter
from services.financial.domain.period import Period
from services.financial.domain.records.own_category import OwnCategory
from services.financial.domain.summary import GroupTotal
from services.financial.infrastructure.caching.cached_finance_reader import CachedFinanceReader
from services.financial.infrastructure.caching.query_cache import QueryCache
from services.financial.infrastructure.caching.versions import PostgresFinanceVersions, finance_versions
from services.financial.infrastructure.finance_reader import PostgresFinanceReader
from services.financial.infrastructure.unit_of_work import PostgresFinancialUnitOfWork
from services.shared.domain.clock import SystemClock
from services.shared.domain.ids import UserId, new_uuid
from tests.integration.services.financial.records.conftest import Records

# Of a busy machine: to give up on Redis would be to compute once more.
PATIENCE_S = 30
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


class Counting(PostgresFinanceReader):
    """Counts what reaches the database; may be held up between reading and answering."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.reads = 0
        self.has_read = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def totals(self, wanted: TransactionFilter, grouping: Grouping, currency: str) -> list[GroupTotal]:
        self.reads += 1
        found = await super().totals(wanted, grouping, currency)
        self.has_read.set()
        await self.may_answer.wait()
        return found


@pytest.fixture
def reader(postgres_engine: AsyncEngine) -> Counting:
    return Counting(postgres_engine)


@pytest.fixture
def cached(reader: Counting, postgres_engine: AsyncEngine, redis_client: Redis) -> CachedFinanceReader:
    return CachedFinanceReader(
        reader, PostgresFinanceVersions(postgres_engine), QueryCache(redis_client, redis_s=PATIENCE_S)
    )


@pytest.fixture
async def other_process(
    reader: Counting, postgres_engine: AsyncEngine, redis_address: EngineAddress
) -> AsyncIterator[CachedFinanceReader]:
    """Another process's cache: it shares nothing with ours but Redis."""
    redis = create_redis(redis_address.url)
    yield CachedFinanceReader(reader, PostgresFinanceVersions(postgres_engine), QueryCache(redis, redis_s=PATIENCE_S))
    await redis.aclose()
    await redis.connection_pool.disconnect()


async def spent(reader: CachedFinanceReader, user_id: UserId) -> Decimal:
    query = GetSpending(reader, SystemClock())
    return (await query(FlowRequest(user_id=user_id, period=OCTOBER))).total


async def test_an_answer_is_computed_once_and_kept_for_an_hour(
    cached: CachedFinanceReader, reader: Counting, records: Records, redis_client: Redis
) -> None:
    await records.open("a")
    await records.enter("a", "-40", "Tea")
    before = set(await redis_client.keys("cache:query:*"))
    assert [await spent(cached, records.user_id) for _ in range(3)] == [Decimal("40.00")] * 3
    assert reader.reads == 1
    kept = set(await redis_client.keys("cache:query:*")) - before
    ttls = [await redis_client.ttl(key) for key in kept]
    assert any(0 < ttl <= 3600 for ttl in ttls)
    assert await spent(cached, UserId(new_uuid())) == 0


async def test_after_every_own_write_the_figure_is_new(cached: CachedFinanceReader, records: Records) -> None:
    await records.open("a")
    one = await records.enter("a", "-40", "Tea", category=Category.DINING)
    assert await spent(cached, records.user_id) == Decimal("40.00")
    await records.edit(one.transaction_id, amount=Decimal(-50))
    assert await spent(cached, records.user_id) == Decimal("50.00")
    await records.split(one.transaction_id, ("-20", Category.FUEL), ("-30", Category.INTEREST))
    assert await spent(cached, records.user_id) == Decimal("20.00")
    await records.edit(one.transaction_id, category=Category.TRANSFER)
    assert await spent(cached, records.user_id) == 0
    await records.load("a", b"Date,Narration,Amount\n2026-10-09,SHOP,-5.00\n")
    assert await spent(cached, records.user_id) == Decimal("5.00")


async def test_a_read_that_began_before_a_write_stores_nothing_that_is_read_after_it(
    cached: CachedFinanceReader, reader: Counting, records: Records
) -> None:
    await records.open("a")
    await records.enter("a", "-40", "Tea")
    reader.may_answer.clear()
    early = asyncio.create_task(spent(cached, records.user_id))
    await reader.has_read.wait()
    await records.enter("a", "-2", "Biscuit")
    reader.has_read.clear()
    late = asyncio.create_task(spent(cached, records.user_id))
    await reader.has_read.wait()
    reader.may_answer.set()
    assert await early == Decimal("40.00")
    assert await late == Decimal("42.00")
    assert await spent(cached, records.user_id) == Decimal("42.00")
    assert reader.reads == 2


async def test_a_stampede_from_two_processes_computes_once(
    cached: CachedFinanceReader, other_process: CachedFinanceReader, reader: Counting, records: Records
) -> None:
    await records.open("a")
    await records.enter("a", "-40", "Tea")
    reader.may_answer.clear()
    tasks = [asyncio.create_task(spent(one, records.user_id)) for one in (cached, other_process) for _ in range(20)]
    await reader.has_read.wait()
    reader.may_answer.set()
    assert await asyncio.gather(*tasks) == [Decimal("40.00")] * 40
    assert reader.reads == 1


class LateLock:
    """Redis as somebody sees it who looks for an answer, and is then held up before asking for the lock."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self.asks, self.may_ask = asyncio.Event(), asyncio.Event()

    def __getattr__(self, name: str) -> object:
        return getattr(self._redis, name)

    async def set(
        self, name: str, value: bytes, *, nx: bool = False, px: int | None = None, ex: int | None = None
    ) -> object:
        if nx:
            self.asks.set()
            await self.may_ask.wait()
        return await self._redis.set(name, value, nx=nx, px=px, ex=ex)


async def test_who_looked_before_the_answer_and_locks_after_it_computes_nothing(
    cached: CachedFinanceReader,
    reader: Counting,
    records: Records,
    postgres_engine: AsyncEngine,
    redis_client: Redis,
) -> None:
    await records.open("a")
    await records.enter("a", "-40", "Tea")
    late = LateLock(redis_client)
    cache = QueryCache(cast("Redis", late), redis_s=PATIENCE_S)
    other = CachedFinanceReader(reader, PostgresFinanceVersions(postgres_engine), cache)
    task = asyncio.create_task(spent(other, records.user_id))
    await late.asks.wait()
    assert await spent(cached, records.user_id) == Decimal("40.00")
    late.may_ask.set()
    assert await task == Decimal("40.00")
    assert reader.reads == 1


async def test_who_goes_away_takes_the_answer_from_nobody(
    cached: CachedFinanceReader, reader: Counting, records: Records
) -> None:
    await records.open("a")
    await records.enter("a", "-40", "Tea")
    reader.may_answer.clear()
    first, second = (asyncio.create_task(spent(cached, records.user_id)) for _ in range(2))
    await reader.has_read.wait()
    first.cancel()
    with suppress(asyncio.CancelledError):
        await first
    reader.may_answer.set()
    assert await second == Decimal("40.00")
    assert reader.reads == 1


async def test_without_redis_figures_are_computed(
    reader: Counting, postgres_engine: AsyncEngine, records: Records
) -> None:
    redis = create_redis("redis://127.0.0.1:1/0")
    cached = CachedFinanceReader(reader, PostgresFinanceVersions(postgres_engine), QueryCache(redis))
    await records.open("a")
    await records.enter("a", "-40", "Tea")
    for expected in range(1, 4):
        assert await spent(cached, records.user_id) == Decimal("40.00")
        assert reader.reads == expected
    await redis.connection_pool.disconnect()


async def test_what_is_kept_and_cannot_be_read_is_computed_anew(
    cached: CachedFinanceReader, records: Records, redis_client: Redis
) -> None:
    await records.open("a")
    await records.enter("a", "-40", "Tea")
    before = set(await redis_client.keys("cache:query:*"))
    assert await spent(cached, records.user_id) == Decimal("40.00")
    for key in set(await redis_client.keys("cache:query:*")) - before:
        await redis_client.set(key, b'[["groceries", "x"]]', ex=60)
    assert await spent(cached, records.user_id) == Decimal("40.00")


async def test_only_what_is_committed_counts_as_a_change(postgres_engine: AsyncEngine, records: Records) -> None:
    versions = PostgresFinanceVersions(postgres_engine)
    assert await versions.current(records.user_id) == 0
    await records.open("a")
    opened = await versions.current(records.user_id)
    assert opened > 0
    async with PostgresFinancialUnitOfWork(postgres_engine) as unit:
        await unit.accounts.lock_all(records.user_id)
        await unit.own_categories.add(
            OwnCategory.create(user_id=records.user_id, name="Pets", parent=Category.OTHER, now=SystemClock().now())
        )
    assert await versions.current(records.user_id) == opened
    await records.category("Pets", Category.OTHER)
    assert await versions.current(records.user_id) == opened + 1
    async with postgres_engine.connect() as connection:
        rows = await connection.execute(select(finance_versions).where(finance_versions.c.user_id == records.user_id))
        assert len(rows.all()) == 1


async def test_the_cache_and_the_database_never_differ(
    cached: CachedFinanceReader, reader: Counting, records: Records
) -> None:
    """The contract of the port: the same answers as without a cache, whatever is asked and written in between."""
    rng = random.Random(5)
    await records.open("a")
    me = records.user_id
    filters = [
        TransactionFilter(user_id=me),
        TransactionFilter(user_id=me, categories=frozenset({Category.DINING, Category.FUEL})),
        TransactionFilter(user_id=me, text="thing", min_amount=Decimal(10)),
    ]
    for _ in range(15):
        await records.enter("a", f"-{rng.randint(1, 99)}", "thing", category=rng.choice([Category.FUEL, Category.RENT]))
        for wanted in filters:
            await _agree(wanted, cached.match_totals, reader.match_totals)
            for grouping in Grouping:
                assert await cached.totals(wanted, grouping, "INR") == await reader.totals(wanted, grouping, "INR")
                assert await cached.totals(wanted, grouping, "INR") == await reader.totals(wanted, grouping, "INR")
    account = records.accounts["a"]
    assert await cached.standings(me, OCTOBER.end) == await reader.standings(me, OCTOBER.end)
    assert await cached.standing(me, account) == await reader.standing(me, account)
    assert await cached.recorded_period(me) == await reader.recorded_period(me)
    assert await cached.page(filters[0], Sort.NEWEST, 5) == await reader.page(filters[0], Sort.NEWEST, 5)
    assert await cached.since(me, OCTOBER.start) == await reader.since(me, OCTOBER.start)


async def _agree(wanted: TransactionFilter, *answers: Callable[..., object]) -> None:
    found: Sequence[object] = [await answer(wanted) for answer in answers]  # type: ignore[misc]
    assert found[0] == found[1]
