"""Turns through the graph in this process alone: no store, no log, a model and tools of the test's choice."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from agents.context import TurnContext
from agents.graph import build_graph
from agents.models.port import Message, ReasoningModel
from agents.person import Person
from agents.runs.events import EventType, frame
from agents.runs.log import LogEntry
from agents.runs.sink import RunSink
from agents.state import TurnState
from prompts.library import load_prompt
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from tools.gateway import ToolGateway
from tools.tool import Tool

TODAY = date(2026, 11, 24)
GRAPH = build_graph()

Event = tuple[EventType, dict[str, Any]]


class Ear(RunSink):
    """A sink that keeps what it hears; `told` is what its log holds of a process that worked on the run before."""

    def __init__(self, told: Sequence[Event] = ()) -> None:
        frames = b"".join(frame(seq, event, data) for seq, (event, data) in enumerate(told, start=1))
        super().__init__("heard", lambda _: None, [LogEntry(len(told), frames)] if told else [])
        self.events: list[Event] = []

    def emit(self, event: EventType, data: dict[str, Any]) -> None:
        self.events.append((event, data))

    def text(self, delta: str) -> None:
        self.said.add(delta)
        self.emit(EventType.TEXT_DELTA, {"delta": delta})

    def of(self, wanted: EventType) -> list[dict[str, Any]]:
        return [data for event, data in self.events if event is wanted]

    @property
    def answer(self) -> str:
        return "".join(data["delta"] for data in self.of(EventType.TEXT_DELTA))


@dataclass(slots=True)
class Heard:
    """What a turn said and ended with."""

    ear: Ear
    state: TurnState


def context_of(
    model: ReasoningModel,
    ear: Ear,
    tools: Sequence[Tool[Any]] = (),
    question: str = "What do I have?",
    history: Sequence[Message] = (),
    **others: Any,
) -> TurnContext:
    """The surroundings of a turn that nothing outlives; `others` take the place of fields."""

    async def earlier() -> list[Message]:
        return list(history)

    identity, gateway = Identity(UserId(new_uuid()), frozenset(tool.scope for tool in tools)), ToolGateway(tools)
    context = TurnContext(
        run_id="00000000-0000-7000-8000-000000000000",
        identity=identity,
        person=Person(gateway, identity),
        question=question,
        today=TODAY,
        timezone="Asia/Kolkata",
        model=model,
        gateway=gateway,
        desk=cast("Any", None),
        prompt=load_prompt("answer"),
        sink=ear,
        history=earlier,
    )
    return dataclasses.replace(context, **others)


async def turn(
    model: ReasoningModel,
    tools: Sequence[Tool[Any]],
    question: str = "What do I have?",
    history: Sequence[Message] = (),
    told: Sequence[Event] = (),
    **others: Any,
) -> Heard:
    """One whole turn; with `told` it was begun by a process that died."""
    ear = Ear(told)
    final = await GRAPH.ainvoke(
        {"whole": {}}, {"recursion_limit": 40}, context=context_of(model, ear, tools, question, history, **others)
    )
    return Heard(ear, final["whole"])
