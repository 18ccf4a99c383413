"""Works on one run: the graph from its start or last checkpoint, and then its end, whichever that is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from agents.approvals import ApprovalDesk
from agents.context import TurnContext
from agents.models.direct import DirectModel, is_direct
from agents.models.port import Message
from agents.person import Person
from agents.runs.events import WAITING, EventType
from agents.runs.parts import EngineParts, EngineSettings
from agents.runs.problems import problem_of
from agents.runs.retelling import say_again
from agents.runs.sink import RunSink
from agents.runs.slots import Slot
from agents.selection import Selection
from agents.spending import Meter
from agents.state import GraphState, TurnState, cost_of
from services.conversation.application.cancel_run import CancelRunRequest
from services.conversation.application.complete_turn import CompleteTurnRequest
from services.conversation.application.fail_run import FailRunRequest
from services.conversation.application.get_history import GetHistoryRequest
from services.conversation.application.get_run import GetRunRequest
from services.conversation.application.record_turn_in_chat_log import RecordTurnInChatLogRequest
from services.conversation.application.start_run import StartRunRequest
from services.conversation.application.wait_run import WaitRunRequest
from services.conversation.domain.errors import RunNotFoundError, RunTakenError
from services.conversation.domain.run import Run, RunResult, RunStart, Spent
from services.shared.application.tasks import to_its_end
from services.shared.domain.clock import INDIA, today
from services.shared.domain.identity import Identity
from services.shared.domain.ids import MessageId, new_uuid

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig
    from langgraph.types import GraphOutput, Interrupt

log = structlog.get_logger(__name__)


class RunWorker:
    """All steps of a run, on what the engine is made of."""

    def __init__(self, parts: EngineParts, settings: EngineSettings, desk: ApprovalDesk) -> None:
        self._parts = parts
        self._settings = settings
        self._desk = desk
        self._selection = Selection(usual=parts.model, offered=parts.offered)

    async def work(self, run: Run, context: TurnContext, *, resumed: bool) -> bool:
        """Work on the run until it has ended or, True, waits for its owner. Its log then says so.

        A store that cannot be reached raises, and so does a run that another process has taken: it stays open, and
        whoever takes it over goes on with it.
        """
        waits, sink = False, context.sink
        try:
            async with asyncio.timeout(self._settings.deadline_s):
                run = await self._start(run, sink, resumed)
                turn = await self._reason(run, context, resumed)
            waits = bool(turn.interrupts)
            await (self._wait(run, turn.interrupts, sink) if waits else self._complete(run, turn.value["whole"], sink))
        except Exception as error:
            if isinstance(error, RunTakenError) or (self._parts.is_outage(error) and not self._is_overdue(run)):
                raise
            await self._fail(run, error, context)
            waits = False
        await (sink.park() if waits else sink.finished())
        return waits

    def _is_overdue(self, run: Run) -> bool:
        return self._parts.clock.now() - run.started_at > timedelta(seconds=self._settings.deadline_s)

    async def cancel(self, run: Run, sink: RunSink, meter: Meter) -> None:
        """Close the run with what has been said; one that had ended meanwhile ends its log as it ended.

        One that was erased with its owner leaves no trace.
        """
        spent = await self._spent(run, meter)
        request = CancelRunRequest(user_id=run.user_id, run_id=run.id, answer=sink.said.text, spent=spent)
        try:
            closed = await self._parts.conversations.cancel_run(request)
        except RunNotFoundError:
            log.info("run.erased", run_id=str(run.id))
            return
        await self._record_in_chat_log(closed)
        if not sink.is_ending:
            say_again(closed, sink)
        if not sink.is_finished:
            await sink.finished()

    async def _wait(self, run: Run, interrupts: Sequence[Interrupt], sink: RunSink) -> None:
        """Leave the run to its owner: from here on nobody works on it, and its log says so."""
        await self._parts.conversations.wait_run(
            WaitRunRequest(user_id=run.user_id, run_id=run.id, owner=self._settings.owner)
        )
        (stop,) = interrupts
        sink.emit_once(EventType.STEP, {"name": WAITING, "approvals": stop.value[WAITING]})

    def start(self, wanted_model: str | None, wanted_prompt_version: str | None) -> RunStart:
        """With what a run starts in this process. NotOfferedError when it names what there is not."""
        self._selection.check(wanted_model, wanted_prompt_version)
        return self._started(wanted_model, wanted_prompt_version)

    def _started(self, wanted_model: str | None, wanted_prompt_version: str | None) -> RunStart:
        prompt = self._selection.prompt(wanted_prompt_version)
        return RunStart(
            model=self._selection.model(wanted_model).name,
            prompt_id=prompt.id,
            prompt_version=prompt.version,
            prompt_hash=prompt.sha256,
            owner=self._settings.owner,
        )

    async def _start(self, run: Run, sink: RunSink, resumed: bool) -> Run:
        start = self._started(run.wanted_model, run.wanted_prompt_version)
        sink.emit_once(
            EventType.RUN_STARTED,
            {
                "run_id": str(run.id),
                "conversation_id": str(run.conversation_id),
                "model": start.model,
                "prompt_version": f"{start.prompt_id}/{start.prompt_version}",
            },
        )
        if not resumed:
            return run
        request = StartRunRequest(user_id=run.user_id, run_id=run.id, start=start)
        return await self._parts.conversations.start_run(request)

    async def _reason(self, run: Run, context: TurnContext, resumed: bool) -> GraphOutput[GraphState]:
        """Run the graph from its start, or from the last checkpoint when there is one."""
        config = _config(run, new=not resumed)
        graph = await self._parts.graph()
        beginning: GraphState | None = {"whole": {}}
        if resumed and (await graph.aget_state(config)).created_at is not None:
            beginning = None
        return await graph.ainvoke(beginning, config, context=context, durability="sync", version="v2")

    def person(self, identity: Identity) -> Person:
        """Who asks, as the tools of this process know them."""
        return Person(self._parts.gateway, identity)

    def context(
        self, run: Run, identity: Identity, sink: RunSink, slot: Slot, person: Person | None = None
    ) -> TurnContext:
        """The run's surroundings; of its conversation it knows the branch that it follows on."""
        parts = self._parts

        async def history() -> list[Message]:
            if run.parent_id is None:
                return []
            messages = await parts.conversations.get_history(
                GetHistoryRequest(
                    user_id=run.user_id,
                    conversation_id=run.conversation_id,
                    last=run.parent_id,
                    turns=self._settings.history_turns,
                )
            )
            return [{"role": message.role.value, "content": message.content} for message in messages]

        return TurnContext(
            run_id=str(run.id),
            identity=identity,
            person=person or self.person(identity),
            question=run.user_message,
            today=today(parts.clock),
            timezone=INDIA.key,
            model=DirectModel() if is_direct(run.user_message) else self._selection.model(run.wanted_model),
            limits=parts.limits,
            gateway=parts.gateway,
            desk=self._desk,
            prompt=self._selection.prompt(run.wanted_prompt_version),
            sink=sink,
            slot=slot,
            is_outage=parts.is_outage,
            history=history,
        )

    async def _complete(self, run: Run, state: TurnState, sink: RunSink) -> None:
        """Close the run, write the chat log, and only then say that it is complete."""
        result = RunResult(
            answer=state["answer"],
            message_id=MessageId(new_uuid()),
            model=state["models"][-1],
            cost_usd=cost_of(state),
            prompt_tokens=state["prompt_tokens"],
            completion_tokens=state["completion_tokens"],
            citations=tuple(state["citations"]),
        )
        closed = await self._parts.conversations.complete_turn(
            CompleteTurnRequest(
                user_id=run.user_id,
                run=run,
                result=result,
                tools=tuple(state["tools_called"]),
                owner=self._settings.owner,
            )
        )
        await self._record_in_chat_log(closed)
        say_again(closed, sink)

    async def _record_in_chat_log(self, run: Run) -> None:
        """A chat log that is down does not fail the turn: the consumer of its event repeats this.

        It is not cut off half way, within the driver's timeouts: PyMongo forgets a socket while it connects.
        """
        request = RecordTurnInChatLogRequest(user_id=run.user_id, run_id=run.id, closed=run)
        try:
            await to_its_end(self._parts.conversations.record_turn_in_chat_log(request))
        except Exception:
            log.exception("run.chat_log_delayed", run_id=str(run.id))

    async def _fail(self, run: Run, error: BaseException, context: TurnContext) -> None:
        problem = problem_of(error, str(run.id))
        spent = await self._spent(run, context.meter)
        owner, sink = self._settings.owner, context.sink
        request = FailRunRequest(user_id=run.user_id, run_id=run.id, problem=problem, spent=spent, owner=owner)
        if await self._parts.conversations.fail_run(request):
            sink.emit(EventType.RUN_FAILED, {"run_id": str(run.id), "problem": problem})
        else:
            ended = await self._parts.conversations.get_run(GetRunRequest(user_id=run.user_id, run_id=run.id))
            say_again(ended, sink)

    async def _spent(self, run: Run, meter: Meter) -> Spent:
        """What the run took up to where it broke off. A state that cannot be read does not keep the run from ending."""
        state: TurnState = {}
        try:
            graph = await self._parts.graph()
            state = (await graph.aget_state(_config(run))).values.get("whole", {})
        except Exception:
            log.exception("run.spending_unknown", run_id=str(run.id))
        return await meter.spent(state, self._parts.limits.prices)


def _config(run: Run, *, new: bool = False) -> RunnableConfig:
    """How the graph finds the run's checkpoints."""
    return {"configurable": {"thread_id": str(run.id), "__new_thread": new}, "recursion_limit": 40}
