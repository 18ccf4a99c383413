"""The ends of logs: a process may close a run and die before it has said so, and a log may be lost."""

from __future__ import annotations

import asyncio
from collections.abc import Container
from datetime import timedelta
from typing import Final

import structlog

from agents.runs.parts import EngineParts, EngineSettings
from agents.runs.retelling import say_again
from services.conversation.application.get_run import GetRunRequest
from services.conversation.domain.errors import RunNotFoundError
from services.conversation.domain.run import Run

log = structlog.get_logger(__name__)

_END_COMES_WITHIN: Final = timedelta(seconds=3)
_END_POLL_S: Final = 0.05


class Ends:
    """Gives every log that is followed its end. `active` are this process's own runs, which do so themselves."""

    def __init__(self, parts: EngineParts, settings: EngineSettings, active: Container[str]) -> None:
        self._parts = parts
        self._settings = settings
        self._active = active

    async def settle_once_closed(self, run: Run) -> None:
        """For who follows: the process that works on the run may close it and die before it has said so.

        A log that was lost, or erased with its owner, may never hold an event above the last that was followed.
        """
        request = GetRunRequest(user_id=run.user_id, run_id=run.id)
        while True:
            await asyncio.sleep(self._settings.lease_renewal_s)
            if str(run.id) in self._active:
                continue
            try:
                run = await self._parts.conversations.get_run(request)
                if run.is_finished:
                    await self.settle(run)
                    self._parts.writer.end(str(run.id))
            except RunNotFoundError:
                self._parts.writer.end(str(run.id))
            except Exception:
                log.exception("run.end_not_looked_for", run_id=str(run.id))

    async def settle(self, run: Run) -> None:
        """Give a closed run the end of its log, when its process died between the two, or when the log has expired.

        The lease of a process that died is waited out: nobody else will come by for a run that is closed.
        """
        run_id = str(run.id)
        if run_id in self._active or await self._has_end(run):
            return
        while not await self._parts.leases.acquire(run_id):
            await asyncio.sleep(_END_POLL_S)
            if await self._parts.writer.has_end(run_id):
                return
        try:
            sink = await self._parts.writer.open(run_id)
            try:
                if not sink.is_finished:
                    say_again(run, sink)
                    await sink.finished()
            finally:
                self._parts.writer.close(sink)
        finally:
            await self._parts.leases.release(run_id)

    async def _has_end(self, run: Run) -> bool:
        """Whether the log has its end, which the process that closed the run writes right after closing it."""
        while not await self._parts.writer.has_end(str(run.id)):
            if run.finished_at is None or self._parts.clock.now() - run.finished_at > _END_COMES_WITHIN:
                return False
            await asyncio.sleep(_END_POLL_S)
        return True
