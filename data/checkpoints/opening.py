"""Opening the checkpoints of a server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from langgraph.checkpoint.serde.base import SerializerProtocol

from data.checkpoints.saver import PostgresCheckpoints
from data.checkpoints.table import DDL, CheckpointTable
from data.postgres import libpq_url

_LOCK_KEY = 0x6368_6563_6B70
_CLEAN_EVERY_S = 3600


@asynccontextmanager
async def open_checkpoints(
    url: str, serializer: SerializerProtocol, *, connections: int = 4
) -> AsyncIterator[PostgresCheckpoints]:
    """A saver on a pool of `connections`; its tables are made first, by one process at a time."""
    async with asyncpg.create_pool(libpq_url(url), min_size=1, max_size=connections, reset=_leave) as pool:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK_KEY)
            await connection.execute(DDL)
        table = CheckpointTable(pool)
        cleaning = asyncio.create_task(_clean(table))
        try:
            yield PostgresCheckpoints(table, serializer)
        finally:
            cleaning.cancel()
            await asyncio.gather(cleaning, return_exceptions=True)
            await table.close()


async def _leave(_: object) -> None:
    """The statements here change nothing of their connection, so it is not reset each time it is given back."""


async def _clean(table: CheckpointTable) -> Any:
    while True:
        await asyncio.sleep(_CLEAN_EVERY_S)
        await table.delete_old()
