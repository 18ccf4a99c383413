"""LangGraph's checkpoints in PostgreSQL, in a schema of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.base import SerializerProtocol
from psycopg import AsyncConnection, sql
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool

from data.postgres import libpq_url

SCHEMA = "checkpoints"
_LOCK_KEY = 0x6368_6563_6B70


@asynccontextmanager
async def open_checkpoints(
    url: str, serializer: SerializerProtocol, *, connections: int = 8
) -> AsyncIterator[AsyncPostgresSaver]:
    """A saver on a pool of `connections`; its tables are made and migrated first, by one process at a time."""
    settings: dict[str, Any] = {
        "autocommit": True,
        "prepare_threshold": 0,
        "row_factory": dict_row,
        "options": f"-c search_path={SCHEMA}",
    }
    pool: AsyncConnectionPool[AsyncConnection[DictRow]] = AsyncConnectionPool(
        libpq_url(url), min_size=1, max_size=connections, kwargs=settings, open=False
    )
    async with pool:
        async with pool.connection() as connection:
            await connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK_KEY,))
            try:
                await connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)))
                await AsyncPostgresSaver(connection).setup()
            finally:
                await connection.execute("SELECT pg_advisory_unlock(%s)", (_LOCK_KEY,))
        yield AsyncPostgresSaver(pool, serde=serializer)
