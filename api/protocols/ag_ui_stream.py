"""A run's events as those of the AG-UI protocol, by the types of its own package.

One turn is one AG-UI run. What the person has to approve ends it with the outcome `interrupt`; the run that brings the
answer goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import orjson
from ag_ui.core import (
    BaseEvent,
    CustomEvent,
    Interrupt,
    RunErrorEvent,
    RunFinishedCancelledOutcome,
    RunFinishedEvent,
    RunFinishedInterruptOutcome,
    RunFinishedSuccessOutcome,
    RunStartedEvent,
    StateSnapshotEvent,
    TextMessageContentEvent,
    TextMessageEndEvent,
    TextMessageStartEvent,
    ToolCallArgsEvent,
    ToolCallEndEvent,
    ToolCallResultEvent,
    ToolCallStartEvent,
)

from agents.runs.events import EventType, RunEvent

RESPONSE_SCHEMA: Final = {
    "type": "object",
    "properties": {"approved": {"type": "boolean"}},
    "required": ["approved"],
}
_OUTCOMES: Final = {"success": RunFinishedSuccessOutcome, "cancelled": RunFinishedCancelledOutcome}


class AgUiStream:
    """Turns events into AG-UI events under the client's own ids of thread and run."""

    def __init__(self, thread_id: str, run_id: str, message_id: str) -> None:
        self._thread_id = thread_id
        self._run_id = run_id
        self._message_id = message_id
        self._texts = 0
        self._in_text = False
        self._interrupts: list[Interrupt] = []

    def begin(self) -> bytes:
        """The event that begins every run."""
        return frames([RunStartedEvent(thread_id=self._thread_id, run_id=self._run_id)])

    def encode(self, events: list[RunEvent]) -> bytes:
        """The AG-UI events of events that came together, as bytes."""
        return frames([made for event in events for made in self.translate(event)])

    def translate(self, event: RunEvent) -> list[BaseEvent]:
        """The AG-UI events of one event; none for what the protocol has no words for."""
        if event.is_waiting:
            return [*self._close_text(), self._interrupted()]
        write = _WRITERS.get(event.type)
        return write(self, event.data) if write is not None else []

    def _started(self, data: dict[str, Any]) -> list[BaseEvent]:
        known = ("run_id", "conversation_id", "model", "prompt_version")
        return [StateSnapshotEvent(snapshot={name: data[name] for name in known})]

    def _text(self, data: dict[str, Any]) -> list[BaseEvent]:
        opening: list[BaseEvent] = []
        if not self._in_text:
            self._in_text = True
            self._texts += 1
            opening = [TextMessageStartEvent(message_id=self._text_id, role="assistant")]
        return [*opening, TextMessageContentEvent(message_id=self._text_id, delta=data["delta"])]

    @property
    def _text_id(self) -> str:
        return f"{self._message_id}-{self._texts}"

    def _close_text(self) -> list[BaseEvent]:
        if not self._in_text:
            return []
        self._in_text = False
        return [TextMessageEndEvent(message_id=self._text_id)]

    def _call(self, data: dict[str, Any]) -> list[BaseEvent]:
        call_id = data["call_id"]
        return [
            *self._close_text(),
            ToolCallStartEvent(tool_call_id=call_id, tool_call_name=data["name"]),
            ToolCallArgsEvent(tool_call_id=call_id, delta=orjson.dumps(data["arguments"]).decode()),
            ToolCallEndEvent(tool_call_id=call_id),
        ]

    def _result(self, data: dict[str, Any]) -> list[BaseEvent]:
        content = orjson.dumps(data["result"]).decode()
        result_id = f"{self._message_id}-{data['call_id']}"
        return [ToolCallResultEvent(message_id=result_id, tool_call_id=data["call_id"], content=content, role="tool")]

    def _approval(self, data: dict[str, Any]) -> list[BaseEvent]:
        self._interrupts.append(
            Interrupt(
                id=data["approval_id"],
                reason="tool_call",
                message=data["preview"]["summary"],
                tool_call_id=data["call_id"],
                response_schema=RESPONSE_SCHEMA,
                expires_at=data["expires_at"],
                metadata={"name": data["name"], "arguments": data["arguments"], "preview": data["preview"]},
            )
        )
        return []

    def _interrupted(self) -> RunFinishedEvent:
        interrupts, self._interrupts = self._interrupts, []
        outcome = RunFinishedInterruptOutcome(type="interrupt", interrupts=interrupts)
        return RunFinishedEvent(thread_id=self._thread_id, run_id=self._run_id, outcome=outcome)

    def _custom(self, name: str, data: dict[str, Any]) -> list[BaseEvent]:
        return [CustomEvent(name=name, value=data)]

    def _citation(self, data: dict[str, Any]) -> list[BaseEvent]:
        return self._custom("citation", data)

    def _usage(self, data: dict[str, Any]) -> list[BaseEvent]:
        return self._custom("usage", data)

    def _finished(self, kind: str) -> list[BaseEvent]:
        finished = RunFinishedEvent(thread_id=self._thread_id, run_id=self._run_id, outcome=_OUTCOMES[kind](type=kind))
        return [*self._close_text(), finished]

    def _completed(self, _: dict[str, Any]) -> list[BaseEvent]:
        return self._finished("success")

    def _cancelled(self, _: dict[str, Any]) -> list[BaseEvent]:
        return self._finished("cancelled")

    def _failed(self, data: dict[str, Any]) -> list[BaseEvent]:
        problem = data["problem"]
        return [*self._close_text(), RunErrorEvent(message=problem["detail"], code=problem["code"])]


def frames(events: list[BaseEvent]) -> bytes:
    """Events as they go over the wire, which names fields in camel case."""
    lines = (event.model_dump_json(by_alias=True, exclude_none=True).encode() for event in events)
    return b"".join(b"data: %b\n\n" % line for line in lines)


_WRITERS: Final[dict[EventType, Callable[[AgUiStream, dict[str, Any]], list[BaseEvent]]]] = {
    EventType.RUN_STARTED: AgUiStream._started,
    EventType.TEXT_DELTA: AgUiStream._text,
    EventType.TOOL_CALL: AgUiStream._call,
    EventType.TOOL_RESULT: AgUiStream._result,
    EventType.APPROVAL_REQUIRED: AgUiStream._approval,
    EventType.CITATION: AgUiStream._citation,
    EventType.USAGE: AgUiStream._usage,
    EventType.RUN_COMPLETED: AgUiStream._completed,
    EventType.RUN_FAILED: AgUiStream._failed,
    EventType.RUN_CANCELLED: AgUiStream._cancelled,
}
