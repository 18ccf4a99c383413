"""One process at a time for a duty: an advisory lock of PostgreSQL, which falls with the connection that holds it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from data.postgres import raw_connection

_TRY_EVERY_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class Duty:
    """What one process does for all. `lock` is its key of 64 bits, `channel` where others say that there is work."""

    lock: int
    channel: str


class Leadership:
    """The duty is this process's for as long as the connection lasts."""

    def __init__(self, connection: asyncpg.Connection[Any], wake: asyncio.Event) -> None:
        self._connection = connection
        self._wake = wake

    @property
    def is_lost(self) -> bool:
        """Whether another process may lead by now."""
        return self._connection.is_closed()

    def nothing_seen(self) -> None:
        """Look for work after this, and whatever is announced from now on ends the next `wait`."""
        self._wake.clear()

    def look_again(self) -> None:
        """End the next `wait`."""
        self._wake.set()

    async def wait(self, at_most_s: float) -> None:
        """Until work is announced, the leadership is lost, or the time has passed."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most_s):
                await self._wake.wait()


@contextlib.asynccontextmanager
async def lead(engine: AsyncEngine, duty: Duty) -> AsyncIterator[Leadership]:
    """Wait until no other process leads, then lead to the end of the block."""
    wake = asyncio.Event()
    async with engine.connect() as connection:
        leader = await raw_connection(connection)
        leader.add_termination_listener(lambda _: wake.set())
        try:
            # A statement that waits for the lock would hold a snapshot, and with it all clean-up, as long as it waits.
            while not await leader.fetchval("SELECT pg_try_advisory_lock($1)", duty.lock):  # noqa: ASYNC110
                await asyncio.sleep(_TRY_EVERY_S)
            await leader.add_listener(duty.channel, lambda *_: wake.set())
            yield Leadership(leader, wake)
        finally:
            await connection.invalidate()


async def is_led(engine: AsyncEngine, duty: Duty) -> bool:
    """Whether some process leads now."""
    # PostgreSQL shows a lock on a 64-bit key as its halves, with objsubid 1.
    high, low = divmod(duty.lock, 1 << 32)
    query = text(
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND classid = :high AND objid = :low)"
    )
    async with engine.connect() as connection:
        return bool(await connection.scalar(query, {"high": high, "low": low}))
