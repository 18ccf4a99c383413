"""Erasing threads from outside, without a saver and whether or not one was ever opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

_EXISTS: Final = text("SELECT to_regclass('checkpoints.writes') IS NOT NULL")
_DELETE: Final = (
    text("DELETE FROM checkpoints.states WHERE thread_id = ANY(:threads)"),
    text("DELETE FROM checkpoints.writes WHERE thread_id = ANY(:threads)"),
)
_AT_ONCE: Final = 1000


async def delete_threads(engine: AsyncEngine, thread_ids: Sequence[str]) -> None:
    """Delete all that is stored of these threads."""
    async with engine.connect() as connection:
        if not (await connection.execute(_EXISTS)).scalar_one():
            return
    for start in range(0, len(thread_ids), _AT_ONCE):
        threads = list(thread_ids[start : start + _AT_ONCE])
        async with engine.begin() as connection:
            for statement in _DELETE:
                await connection.execute(statement, {"threads": threads})
