"""Runs turns: accepted before the first token, worked on by one process, resumed after a crash, closed once."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

import structlog
from langchain_core.runnables import RunnableConfig

from agents.approvals import ApprovalDesk, Word
from agents.context import TurnContext
from agents.graph import TurnGraph
from agents.models.direct import DirectModel, is_direct
from agents.models.port import Message, ReasoningModel
from agents.runs.events import WAITING, EventType
from agents.runs.leases import RunLeases
from agents.runs.problems import problem_of
from agents.runs.retelling import say_again
from agents.runs.sink import RunSink
from agents.runs.writer import RunLogWriter
from agents.state import TurnState, answer_of
from prompts.library import Prompt
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.complete_turn import CompleteTurnRequest
from services.conversation.application.fail_run import FailRunRequest
from services.conversation.application.get_history import GetHistoryRequest
from services.conversation.application.record_turn_in_chat_log import RecordTurnInChatLogRequest
from services.conversation.application.start_run import StartRunRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.application.wait_run import WaitRunRequest
from services.conversation.domain.approvals.approval import Approval
from services.conversation.domain.run import AcceptedRun, Run, RunResult, RunStart
from services.shared.domain.clock import INDIA, Clock, today
from services.shared.domain.identity import Identity
from services.shared.domain.ids import MessageId, RunId, new_uuid
from tools.gateway import ToolGateway

log = structlog.get_logger(__name__)

_END_COMES_WITHIN = timedelta(seconds=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """Bounds of a turn: `deadline_s` for all of it, `history_turns` of context, `drain_s` at shutdown."""

    owner: str
    deadline_s: float = 120
    history_turns: int = 10
    drain_s: float = 10
    lease_renewal_s: float = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineParts:
    """What the engine works with."""

    conversations: ConversationUseCases
    graph: TurnGraph
    writer: RunLogWriter
    leases: RunLeases
    gateway: ToolGateway
    model: ReasoningModel
    prompt: Prompt
    clock: Clock


class RunEngine:
    """Works on the runs of this process. A run goes on when its client leaves; `follow` only reads the log."""

    def __init__(self, parts: EngineParts, settings: EngineSettings) -> None:
        self._parts = parts
        self._settings = settings
        self._desk = ApprovalDesk(parts.conversations.approvals, parts.gateway)
        self._active: dict[str, asyncio.Task[None]] = {}
        self._opening: set[str] = set()
        self._leased: set[str] = set()

    async def submit(self, identity: Identity, request: AcceptTurnRequest) -> AcceptedRun:
        """Record the question and begin to work on it; the same request again gives the same run."""
        started = dataclasses.replace(request, start=self._run_start())
        accepted = await self._parts.conversations.accept_turn(started)
        if not accepted.replayed:
            run = accepted.run
            sink = self._parts.writer.open_new(str(run.id))
            self._spawn(run, identity, sink, resumed=False, first=request.conversation_id is None)
        return accepted

    async def follow(self, run: Run, after_seq: int = 0) -> AsyncGenerator[bytes, None]:
        """The run's SSE frames above `after_seq` up to its final event, from whichever process works on it."""
        if run.is_finished:
            await self._settle(run)
        async with contextlib.aclosing(self._parts.writer.follow(str(run.id), after_seq)) as followed:
            async for frames in followed:
                yield frames

    async def decide(self, identity: Identity, word: Word) -> Approval:
        """Take an owner's word on a write, and let the run go on once nothing is open any more."""
        approval = await self._desk.decide(identity, word)
        await self._resume_ready(str(approval.run_id))
        return approval

    async def run_forever(self) -> None:
        """Keep the leases, take over the runs of dead processes and let waiting ones go on, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._repeat(self._keep_leases))
            tasks.create_task(self._repeat(self.look_after))

    async def _repeat(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except Exception:
                log.exception("engine.housekeeping_failed")
            await asyncio.sleep(self._settings.lease_renewal_s)

    async def _keep_leases(self) -> None:
        """Runs that go on for longer than a moment have a lease; others need none, as nobody takes so young a run."""
        self._leased.update(self._active)
        await self._parts.leases.renew(list(self._active))

    async def _release(self, run_id: str) -> None:
        if run_id in self._leased:
            self._leased.discard(run_id)
            await self._parts.leases.release(run_id)

    async def look_after(self) -> None:
        """Once: take over the runs of dead processes, let waiting ones go on."""
        await self.take_over()
        await self._resume_ready()

    async def take_over(self) -> None:
        """Go on with unfinished runs that no living process has."""
        settled = self._parts.clock.now() - timedelta(seconds=self._settings.lease_renewal_s * 2)
        known = [RunId(UUID(run_id)) for run_id in self._active]
        for run in await self._parts.conversations.list_unfinished_runs(before=settled, known=known):
            await self._take(run)

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
            self._spawn(run, Identity(run.user_id, frozenset(run.scopes)), sink, resumed=True)
        finally:
            self._opening.discard(run_id)

    async def close(self) -> None:
        """Let runs finish for a while; what is not done then is left for another process to go on with."""
        if self._active:
            await asyncio.wait(self._active.values(), timeout=self._settings.drain_s)
        left = list(self._active.values())
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _settle(self, run: Run) -> None:
        """Give a closed run the end of its log, when its process died between the two, or when the log has expired."""
        run_id = str(run.id)
        if run_id in self._active or await self._has_end(run) or not await self._parts.leases.acquire(run_id):
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
            await asyncio.sleep(0.05)
        return True

    def _spawn(self, run: Run, identity: Identity, sink: RunSink, *, resumed: bool, first: bool = False) -> None:
        run_id = str(run.id)
        task = asyncio.create_task(self._work(run, self._context(run, identity, sink, first), resumed))
        self._active[run_id] = task
        task.add_done_callback(lambda done: self._active.pop(run_id) if self._active.get(run_id) is done else None)

    async def _work(self, run: Run, context: TurnContext, resumed: bool) -> None:
        waits, sink = False, context.sink
        try:
            try:
                async with asyncio.timeout(self._settings.deadline_s):
                    await self._start(run, sink, resumed)
                    state = await self._reason(run, context, resumed)
                waits = "__interrupt__" in state
                await (self._wait(run, state, sink) if waits else self._complete(run, state, sink))
            except Exception as error:
                await self._fail(run, error, sink)
                waits = False
            await (sink.park() if waits else sink.finished())
        except Exception:
            log.exception("run.left_open", run_id=str(run.id))
        finally:
            self._parts.writer.close(sink)
            await self._release(str(run.id))
        if waits:
            self._active.pop(str(run.id), None)
            # Who was very quick to decide did so while this task still had the run.
            await self._resume_ready(str(run.id))

    async def _wait(self, run: Run, state: TurnState, sink: RunSink) -> None:
        """Leave the run to its owner: from here on nobody works on it, and its log says so."""
        await self._parts.conversations.wait_run(WaitRunRequest(user_id=run.user_id, run_id=run.id))
        (stop,) = cast("dict[str, Any]", state)["__interrupt__"]
        sink.emit_once(EventType.STEP, {"name": WAITING, "approvals": stop.value[WAITING]})

    def _run_start(self) -> RunStart:
        prompt = self._parts.prompt
        return RunStart(
            model=self._parts.model.name,
            prompt_id=prompt.id,
            prompt_version=prompt.version,
            prompt_hash=prompt.sha256,
            owner=self._settings.owner,
        )

    async def _start(self, run: Run, sink: RunSink, resumed: bool) -> None:
        prompt, model = self._parts.prompt, self._parts.model
        sink.emit_once(
            EventType.RUN_STARTED,
            {
                "run_id": str(run.id),
                "conversation_id": str(run.conversation_id),
                "model": model.name,
                "prompt_version": f"{prompt.id}/{prompt.version}",
            },
        )
        if resumed:
            request = StartRunRequest(user_id=run.user_id, run_id=run.id, start=self._run_start())
            await self._parts.conversations.start_run(request)

    async def _reason(self, run: Run, context: TurnContext, resumed: bool) -> TurnState:
        """Run the graph from its start, or from the last checkpoint when there is one."""
        config: RunnableConfig = {
            "configurable": {"thread_id": str(run.id), "__new_thread": not resumed},
            "recursion_limit": 40,
        }
        beginning: TurnState | None = {"rounds": 0}
        if resumed and (await self._parts.graph.aget_state(config)).created_at is not None:
            beginning = None
        final = await self._parts.graph.ainvoke(beginning, config, context=context, durability="sync")
        return cast("TurnState", final)

    def _context(self, run: Run, identity: Identity, sink: RunSink, first: bool) -> TurnContext:
        parts = self._parts

        async def history() -> list[Message]:
            if first:
                return []
            messages = await parts.conversations.get_history(
                GetHistoryRequest(
                    user_id=run.user_id, conversation_id=run.conversation_id, turns=self._settings.history_turns
                )
            )
            return [{"role": message.role.value, "content": message.content} for message in messages]

        return TurnContext(
            run_id=str(run.id),
            identity=identity,
            question=run.user_message,
            today=today(parts.clock),
            timezone=INDIA.key,
            model=DirectModel() if is_direct(run.user_message) else parts.model,
            gateway=parts.gateway,
            desk=self._desk,
            prompt=parts.prompt,
            sink=sink,
            history=history,
        )

    async def _complete(self, run: Run, state: TurnState, sink: RunSink) -> None:
        """Close the run, write the chat log, and only then say that it is complete."""
        result = RunResult(
            answer=answer_of(state),
            message_id=MessageId(new_uuid()),
            model=self._parts.model.name,
            prompt_tokens=state["prompt_tokens"],
            completion_tokens=state["completion_tokens"],
            citations=tuple(state["citations"]),
        )
        closed = await self._parts.conversations.complete_turn(
            CompleteTurnRequest(
                user_id=run.user_id,
                conversation_id=run.conversation_id,
                run_id=run.id,
                result=result,
                tools=tuple(state["tools_called"]),
            )
        )
        await self._record_in_chat_log(closed)
        say_again(closed, sink)

    async def _record_in_chat_log(self, run: Run) -> None:
        """A chat log that is down does not fail the turn: the consumer of its event repeats this."""
        try:
            await self._parts.conversations.record_turn_in_chat_log(
                RecordTurnInChatLogRequest(user_id=run.user_id, run_id=run.id, closed=run)
            )
        except Exception:
            log.exception("run.chat_log_delayed", run_id=str(run.id))

    async def _fail(self, run: Run, error: BaseException, sink: RunSink) -> None:
        problem = problem_of(error, str(run.id))
        await self._parts.conversations.fail_run(FailRunRequest(user_id=run.user_id, run_id=run.id, problem=problem))
        sink.emit(EventType.RUN_FAILED, {"run_id": str(run.id), "problem": problem})
