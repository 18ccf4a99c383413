"""Runs turns: accepted before the first token, worked on by one process, resumed after a crash, closed once."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from agents.approvals import ApprovalDesk, Word
from agents.context import TurnContext
from agents.runs.ends import Ends
from agents.runs.events import RunEvent
from agents.runs.parts import EngineParts, EngineSettings
from agents.runs.slots import Slot, Slots
from agents.runs.worker import RunWorker
from agents.spending import Meter
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.get_run import GetRunRequest
from services.conversation.domain.approvals.approval import Approval
from services.conversation.domain.errors import RunTakenError
from services.conversation.domain.run import AcceptedRun, Run, RunState
from services.shared.application.tasks import end
from services.shared.domain.identity import Identity
from services.shared.domain.ids import RunId

log = structlog.get_logger(__name__)

__all__ = ["EngineParts", "EngineSettings", "RunEngine"]


class RunEngine:
    """Works on the runs of this process. A run goes on when its client leaves; `follow` only reads the log."""

    def __init__(self, parts: EngineParts, settings: EngineSettings) -> None:
        self._parts = parts
        self._settings = settings
        self._desk = ApprovalDesk(parts.conversations.approvals, parts.gateway)
        self._worker = RunWorker(parts, settings, self._desk)
        self._slots = Slots()
        self._active: dict[str, asyncio.Task[None]] = {}
        self._opening: set[str] = set()
        self._leased: set[str] = set()
        self._cancelled: set[str] = set()
        self._ends = Ends(parts, settings, self._active)

    def admit(self) -> contextlib.AbstractAsyncContextManager[None]:
        """Wait until a new turn's work may begin; the next `submit` in here does not wait again."""
        return self._slots.admit()

    async def submit(self, identity: Identity, request: AcceptTurnRequest) -> AcceptedRun:
        """Record the question and begin to work on it; the same request again gives the same run."""
        started = dataclasses.replace(request, start=self._worker.start(request.model, request.prompt_version))
        slot, person = await self._slots.enter(), self._worker.person(identity)
        with contextlib.ExitStack() as unless_begun:
            unless_begun.callback(slot.leave)
            unless_begun.callback(person.read_ahead())
            accepted = await self._parts.conversations.accept_turn(started)
            if not accepted.replayed:
                run = accepted.run
                sink = self._parts.writer.open_new(str(run.id))
                self._spawn(run, self._worker.context(run, identity, sink, slot, person), resumed=False)
                unless_begun.pop_all()
        return accepted

    async def follow(self, run: Run, after_seq: int = 0) -> AsyncGenerator[bytes, None]:
        """The run's SSE frames above `after_seq` up to its final event, from whichever process works on it."""
        if run.is_finished:
            await self._ends.settle(run)
        ending = asyncio.create_task(self._ends.settle_once_closed(run))
        try:
            async with contextlib.aclosing(self._parts.writer.follow(str(run.id), after_seq)) as followed:
                async for frames in followed:
                    yield frames
        finally:
            ending.cancel()

    async def told(self, run: Run) -> list[RunEvent]:
        """What the run has told so far; nothing when its log has expired."""
        return await self._parts.writer.told(str(run.id))

    async def waits_at(self, run: Run, event: RunEvent) -> bool:
        """Whether the event is where the run stopped for its owner, who has not said everything yet.

        By the approvals and not by the run's state: once all is decided nobody need wait, though the run may not have
        gone on yet.
        """
        return event.is_waiting and await self._desk.any_open(run.user_id, event.data["approvals"])

    async def decide(self, identity: Identity, word: Word) -> Approval:
        """Take an owner's word on a write, and let the run go on once nothing is open any more."""
        return await self._desk.decide(identity, word, self._resume)

    async def _resume(self, run_id: RunId) -> None:
        """Go on at once; if that fails, the decision stands, and the next one to look for ready runs goes on."""
        try:
            await self._resume_ready(str(run_id))
        except Exception:
            log.exception("run.resumed_later", run_id=str(run_id))

    async def cancel(self, run: Run) -> None:
        """Have a run end with what it has said, whichever process works on it; one that has ended stays as it is."""
        if run.is_finished:
            return
        if (task := self._cancel_here(str(run.id))) is not None:
            await asyncio.wait({task}, timeout=self._settings.cancel_wait_s)
            run = await self._parts.conversations.get_run(GetRunRequest(user_id=run.user_id, run_id=run.id))
            if run.is_finished or not task.done():
                return
        await self._parts.cancels.raise_flag(str(run.id))
        await self._close_if_abandoned(run)

    def _cancel_here(self, run_id: str) -> asyncio.Task[None] | None:
        task = self._active.get(run_id)
        if task is not None and run_id not in self._cancelled:
            self._cancelled.add(run_id)
            task.cancel()
        return task

    async def _close_if_abandoned(self, run: Run) -> None:
        """Close a run that nobody works on, such as one that waits; who does work on it is given a moment."""
        run_id = str(run.id)
        deadline = asyncio.get_running_loop().time() + self._settings.cancel_wait_s
        while not await self._parts.writer.has_end(run_id):
            takeable = run.state is RunState.WAITING or run.started_at < self._settled_before()
            if takeable and run_id not in self._opening and await self._parts.leases.acquire(run_id):
                sink = await self._parts.writer.open(run_id)
                try:
                    await self._worker.cancel(run, sink, Meter())
                finally:
                    self._parts.writer.close(sink)
                    await self._parts.leases.release(run_id)
                return
            if asyncio.get_running_loop().time() > deadline:
                return
            await asyncio.sleep(0.05)

    async def _heed_cancels(self) -> None:
        """Stop working on runs that another process was asked to cancel."""
        for run_id in await self._parts.cancels.raised(list(self._active)):
            self._cancel_here(run_id)

    async def run_forever(self) -> None:
        """Keep the leases, take over the runs of dead processes and let waiting ones go on, until cancelled."""
        # Not a task group: it would not hand on a cancellation that is repeated because the first was lost.
        await asyncio.gather(
            self._repeat(self._keep_leases, self._settings.lease_renewal_s),
            self._repeat(self.look_after, self._settings.lease_renewal_s),
            self._repeat(self._heed_cancels, self._settings.cancel_poll_s),
        )

    async def _repeat(self, work: Callable[[], Awaitable[None]], every_s: float) -> None:
        while True:
            try:
                await work()
            except Exception:
                log.exception("engine.housekeeping_failed")
            await asyncio.sleep(every_s)

    async def _keep_leases(self) -> None:
        """Runs that go on for longer than a moment have a lease; others need none, as nobody takes so young a run."""
        self._leased.update(self._active)
        for run_id in await self._parts.leases.renew(list(self._active)):
            self._parts.writer.lose(run_id)

    async def _release(self, run_id: str) -> None:
        if run_id in self._leased:
            self._leased.discard(run_id)
            await self._parts.leases.release(run_id)

    async def look_after(self) -> None:
        """Once: take over the runs of dead processes, let waiting ones go on."""
        await self.take_over()
        await self._resume_ready()

    async def take_over(self) -> None:
        """Go on with unfinished runs that no living process has, however many others work on."""
        settled = self._settled_before()
        known = [RunId(UUID(run_id)) for run_id in self._active]
        while found := await self._parts.conversations.list_unfinished_runs(before=settled, known=known):
            for run in found:
                await self._take(run)
            known += [run.id for run in found]

    def _settled_before(self) -> datetime:
        """A run that began after this may be worked on without a lease."""
        return self._parts.clock.now() - timedelta(seconds=self._settings.lease_renewal_s * 2)

    async def _resume_ready(self, run_id: str | None = None) -> None:
        """Go on with waiting runs (or with the one) whose approvals are all decided or have expired."""
        for run in await self._parts.conversations.list_ready_runs():
            if run_id in (None, str(run.id)):
                await self._take(run)

    async def _take(self, run: Run) -> None:
        """Work on the run from its last checkpoint, unless somebody does or it has ended meanwhile."""
        run_id = str(run.id)
        if run_id in self._active or run_id in self._opening:
            return
        self._opening.add(run_id)
        try:
            if not await self._parts.leases.acquire(run_id):
                return
            sink = await self._parts.writer.open(run_id)
            if sink.is_finished:
                self._parts.writer.close(sink)
                await self._parts.leases.release(run_id)
                return
            self._leased.add(run_id)
            log.info("run.taken_over", run_id=run_id)
            identity = Identity(run.user_id, frozenset(run.scopes))
            self._spawn(run, self._worker.context(run, identity, sink, Slot()), resumed=True)
        finally:
            self._opening.discard(run_id)

    async def prepare(self) -> None:
        """Load what the first turn needs; one that comes earlier waits for it."""
        try:
            await self._parts.graph()
        except Exception:
            log.exception("engine.not_prepared")

    async def close(self) -> None:
        """Let runs finish for a while; what is not done then is left for another process to go on with."""
        if self._active:
            await asyncio.wait(self._active.values(), timeout=self._settings.drain_s)
        await end(list(self._active.values()))

    def _spawn(self, run: Run, context: TurnContext, *, resumed: bool) -> None:
        run_id = str(run.id)
        task = asyncio.create_task(self._work(run, context, resumed))
        self._active[run_id] = task
        context.sink.on_lost = task.cancel
        task.add_done_callback(lambda done: self._active.pop(run_id) if self._active.get(run_id) is done else None)
        # Not in the task: one that is cancelled before its first step runs none of its own, and one may be as it ends.
        task.add_done_callback(lambda _: self._cancelled.discard(run_id))
        task.add_done_callback(lambda _: context.slot.leave())

    async def _work(self, run: Run, context: TurnContext, resumed: bool) -> None:
        run_id, sink, waits = str(run.id), context.sink, False
        try:
            waits = await self._worker.work(run, context, resumed=resumed)
        except asyncio.CancelledError:
            if run_id not in self._cancelled:
                raise
            await self._worker.cancel(run, sink, context.meter)
        except RunTakenError:
            log.warning("run.taken_away", run_id=run_id)
        except Exception:
            log.exception("run.left_open", run_id=run_id)
        finally:
            sink.leave()
            self._parts.writer.close(sink)
            await self._release(run_id)
        if waits:
            self._active.pop(run_id, None)
            # Who was very quick to decide did so while this task still had the run.
            await self._resume_ready(run_id)
