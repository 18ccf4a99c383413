"""What every run log and every lease keeper must do; on the embedded engine, or on a server by URL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable

import pytest
from redis.asyncio import Redis

from agents.runs.leases import RunLeases
from agents.runs.log import LogEntry, RunLog
from data.leases import RedisLeases
from data.stream_log import RedisStreamLog, Refused
from services.shared.domain.ids import new_uuid

FIRST, SECOND, LAST = LogEntry(2, b"one two"), LogEntry(3, b"three"), LogEntry(5, b"four five", final=True)


@pytest.fixture
def log(redis_client: Redis) -> RunLog:
    return RedisStreamLog(redis_client, LogEntry)


@pytest.fixture
def run_id() -> str:
    return str(new_uuid())


async def followed(entries: AsyncIterator[LogEntry]) -> list[LogEntry]:
    return [entry async for entry in entries]


async def test_a_run_that_has_said_nothing_has_no_entries(log: RunLog, run_id: str) -> None:
    assert await log.read(run_id) == []


async def test_entries_come_back_in_order_from_any_place(log: RunLog, run_id: str) -> None:
    await log.append([(run_id, FIRST), (run_id, SECOND), (run_id, LAST)])
    assert await log.read(run_id) == [FIRST, SECOND, LAST]
    assert await log.read(run_id, 1) == [FIRST, SECOND, LAST]
    assert await log.read(run_id, 2) == [SECOND, LAST]
    assert await log.read(run_id, 4) == [LAST]
    assert await log.read(run_id, 5) == []


async def test_appending_again_changes_nothing(log: RunLog, run_id: str) -> None:
    await log.append([(run_id, FIRST), (run_id, SECOND)])
    await log.append([(run_id, FIRST), (run_id, LogEntry(3, b"something else")), (run_id, LAST)])
    assert await log.read(run_id) == [FIRST, SECOND, LAST]


def refused(lost: Iterable[str] = (), taken: Iterable[str] = ()) -> Refused:
    return Refused(frozenset(lost), frozenset(taken))


@pytest.mark.parametrize("kept", [[], [FIRST]])
async def test_what_would_leave_a_gap_is_not_appended(log: RunLog, run_id: str, kept: list[LogEntry]) -> None:
    other = str(new_uuid())
    await log.append([(run_id, entry) for entry in kept])
    assert await log.append([(run_id, LAST), (other, FIRST)], {run_id: 3, other: 0}) == refused(lost=[run_id])
    assert await log.read(run_id) == kept
    assert await log.append([(run_id, FIRST), (run_id, SECOND)]) == refused()
    assert await log.append([(run_id, LAST)], {run_id: 3}) == refused()
    assert await log.append([(run_id, LAST)], {run_id: 3}) == refused()
    assert await log.read(run_id) == [FIRST, SECOND, LAST]


@pytest.mark.parametrize(("after", "late"), [(2, LogEntry(3, b"drei")), (2, LogEntry(4, b"drei vier")), (0, SECOND)])
async def test_who_wrote_before_another_did_appends_no_more(
    log: RunLog, run_id: str, after: int, late: LogEntry
) -> None:
    await log.append([(run_id, FIRST)], {run_id: 0})
    await log.append([(run_id, LAST)], {run_id: 2})
    assert await log.append([(run_id, late)], {run_id: after}) == refused(taken=[run_id])
    assert await log.read(run_id) == [FIRST, LAST]


async def test_runs_do_not_see_each_other(log: RunLog, run_id: str) -> None:
    other = str(new_uuid())
    await log.append([(run_id, FIRST), (other, SECOND)])
    assert await log.read(other) == [SECOND]


async def test_following_waits_for_what_comes_and_ends_with_the_final_entry(log: RunLog, run_id: str) -> None:
    await log.append([(run_id, FIRST)])
    following = [asyncio.create_task(followed(log.follow(run_id, after))) for after in (0, 2)]
    await log.append([(run_id, SECOND)])
    await log.append([(run_id, LAST)])
    assert await asyncio.wait_for(asyncio.gather(*following), 20) == [[FIRST, SECOND, LAST], [SECOND, LAST]]


async def test_who_heard_more_than_was_said_is_told_of_the_end_only(log: RunLog, run_id: str) -> None:
    await log.append([(run_id, FIRST)])
    following = [asyncio.create_task(followed(log.follow(run_id, after))) for after in (4, 1000)]
    await log.append([(run_id, SECOND)])
    await log.append([(run_id, LAST)])
    assert await asyncio.wait_for(asyncio.gather(*following), 20) == [[LAST], []]


async def test_who_follows_a_lost_log_is_let_go_when_it_is_over(log: RunLog, run_id: str, redis_client: Redis) -> None:
    await log.append([(run_id, FIRST), (run_id, SECOND)])
    following = log.follow(run_id)
    assert [await anext(following), await anext(following)] == [FIRST, SECOND]
    rest = asyncio.create_task(followed(following))
    await redis_client.delete(f"run:{{{run_id}}}")
    await log.append([(run_id, LogEntry(1, b"another end", final=True))])
    await asyncio.sleep(0)
    log.end(run_id)
    assert await asyncio.wait_for(rest, 20) == []


@pytest.fixture
def keepers(redis_client: Redis) -> tuple[RunLeases, RunLeases]:
    """Two processes."""
    return tuple(RedisLeases(redis_client, owner=f"{owner}-{new_uuid()}", ttl_ms=400) for owner in "ab")  # type: ignore[return-value]


async def test_one_process_has_a_run_until_it_gives_it_up(keepers: tuple[RunLeases, RunLeases], run_id: str) -> None:
    one, other = keepers
    assert await one.acquire(run_id)
    assert await one.acquire(run_id)
    assert not await other.acquire(run_id)
    await other.release(run_id)
    assert not await other.acquire(run_id)
    await one.release(run_id)
    assert await other.acquire(run_id)


async def test_of_many_that_try_at_once_one_gets_it(redis_client: Redis, run_id: str) -> None:
    crowd = [RedisLeases(redis_client, owner=str(new_uuid())) for _ in range(20)]
    assert sum(await asyncio.gather(*(one.acquire(run_id) for one in crowd))) == 1


async def test_a_lease_that_is_not_renewed_lapses(
    keepers: tuple[RunLeases, RunLeases], run_id: str, redis_client: Redis
) -> None:
    one, other = keepers
    await one.acquire(run_id)
    await one.renew([run_id])
    remaining_ms = await redis_client.pttl(f"lease:{{{run_id}}}")
    assert 0 < remaining_ms <= 400
    # Time passes for Redis alone: the lease is let to run out at once.
    await redis_client.pexpire(f"lease:{{{run_id}}}", 0)
    assert await other.acquire(run_id)
    mine = str(new_uuid())
    assert await one.renew([run_id, mine]) == {run_id}
    assert not await other.acquire(mine)
    await one.release(run_id)
    assert not await one.acquire(run_id)
