"""What is left of runs in Redis and among the checkpoints, to be erased with their owner."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection
from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine

from agents.runs.cancels import RunCancels
from agents.runs.log import LogEntry
from data.stream_log import RedisStreamLog
from services.shared.domain.ids import RunId

_STOPS_WITHIN_S: Final = 5.0


class StoredRunTraces:
    """`RunTraces` on the stores."""

    def __init__(self, engine: AsyncEngine, log: RedisStreamLog[LogEntry], cancels: RunCancels) -> None:
        self._engine = engine
        self._log = log
        self._cancels = cancels

    async def stop(self, runs: Collection[RunId]) -> None:
        """Ask for it as an owner does, and wait until their logs have an end; nobody may be at work on some."""
        for run_id in runs:
            await self._cancels.raise_flag(str(run_id))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STOPS_WITHIN_S):
                for run_id in runs:
                    await self._until_end(str(run_id))

    async def forget(self, runs: Collection[RunId]) -> None:
        """Delete their logs and checkpoints."""
        for run_id in runs:
            await self._log.delete(str(run_id))
        # With the package comes LangGraph, which a start need not wait for.
        from data.checkpoints.erasing import delete_threads

        await delete_threads(self._engine, [str(run_id) for run_id in runs])

    async def _until_end(self, run_id: str) -> None:
        async for _ in self._log.follow(run_id):
            pass
