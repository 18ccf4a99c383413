"""A run's events as the chunks of the Vercel AI SDK's UI message stream, version 1.

After the SDK's documentation of its data stream protocol. A chunk is `data: {json}` and an empty line; the stream ends
with `data: [DONE]`. One run is one assistant message, whose id is the run's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import orjson

from agents.runs.events import EventType, RunEvent

HEADERS: Final = {"x-vercel-ai-ui-message-stream": "v1", "x-accel-buffering": "no", "cache-control": "no-cache"}
DONE: Final = b"data: [DONE]\n\n"

Chunk = dict[str, Any]


def frames(chunks: list[Chunk]) -> bytes:
    """Chunks as they go over the wire."""
    return b"".join(b"data: %b\n\n" % orjson.dumps(chunk) for chunk in chunks)


class UiMessageStream:
    """Turns events into chunks. It knows which text and which step are open, so that all that is opened is closed."""

    def __init__(self) -> None:
        self._texts = 0
        self._in_text = False
        self._in_step = False
        self._step_is_full = False

    def encode(self, events: list[RunEvent]) -> bytes:
        """The chunks of events that came together, as bytes."""
        return frames([chunk for event in events for chunk in self.chunks(event)])

    def chunks(self, event: RunEvent) -> list[Chunk]:
        """The chunks of one event; none for what the protocol has no words for."""
        if event.is_waiting:
            return self._finish("tool-calls")
        write = _WRITERS.get(event.type)
        return write(self, event.data, event.seq) if write is not None else []

    def resume(self, run_id: str) -> list[Chunk]:
        """The chunks that go on with a message which the client has, after its person has answered."""
        return [{"type": "start", "messageId": run_id}]

    def _start(self, data: dict[str, Any], _: int) -> list[Chunk]:
        metadata = {"runId": data["run_id"], "conversationId": data["conversation_id"], "model": data["model"]}
        return [
            {"type": "start", "messageId": data["run_id"], "messageMetadata": metadata},
            *self._open_step(),
        ]

    def _text(self, data: dict[str, Any], _: int) -> list[Chunk]:
        opening: list[Chunk] = []
        if not self._in_text:
            opening = self._open_step()
            self._in_text = True
            self._texts += 1
            opening.append({"type": "text-start", "id": self._text_id})
        return [*opening, {"type": "text-delta", "id": self._text_id, "delta": data["delta"]}]

    @property
    def _text_id(self) -> str:
        return f"text-{self._texts}"

    def _open_step(self) -> list[Chunk]:
        """A step is one round of the model: what comes after tools have answered is the next one."""
        if self._in_step and not self._step_is_full:
            return []
        closing: list[Chunk] = [{"type": "finish-step"}] if self._in_step else []
        self._in_step, self._step_is_full = True, False
        return [*closing, {"type": "start-step"}]

    def _close_text(self) -> list[Chunk]:
        if not self._in_text:
            return []
        self._in_text = False
        return [{"type": "text-end", "id": self._text_id}]

    def _close(self) -> list[Chunk]:
        closing = self._close_text()
        if self._in_step:
            self._in_step = False
            closing.append({"type": "finish-step"})
        return closing

    def _finish(self, reason: str) -> list[Chunk]:
        return [*self._close(), {"type": "finish", "finishReason": reason}]

    def _call(self, data: dict[str, Any], _: int) -> list[Chunk]:
        called = {"toolCallId": data["call_id"], "toolName": data["name"], "input": data["arguments"]}
        return [*self._close_text(), *self._open_step(), {"type": "tool-input-available", **called}]

    def _result(self, data: dict[str, Any], _: int) -> list[Chunk]:
        opening = self._open_step() if not self._in_step else []
        self._step_is_full = True
        return [*opening, _output(data["call_id"], data["ok"], data["result"])]

    def _approval(self, data: dict[str, Any], _: int) -> list[Chunk]:
        request = {"approvalId": data["approval_id"], "toolCallId": data["call_id"]}
        return [{"type": "tool-approval-request", **request}, _data("approval", data, data["approval_id"])]

    def _citation(self, data: dict[str, Any], seq: int) -> list[Chunk]:
        return [_data("citation", data, f"citation-{seq}")]

    def _usage(self, data: dict[str, Any], _: int) -> list[Chunk]:
        return [{"type": "message-metadata", "messageMetadata": {"usage": data}}]

    def _completed(self, _: dict[str, Any], __: int) -> list[Chunk]:
        return self._finish("stop")

    def _failed(self, data: dict[str, Any], _: int) -> list[Chunk]:
        return [*self._close(), {"type": "error", "errorText": data["problem"]["detail"]}]

    def _cancelled(self, _: dict[str, Any], __: int) -> list[Chunk]:
        return [*self._close(), {"type": "abort"}]


_WRITERS: Final[dict[EventType, Callable[[UiMessageStream, dict[str, Any], int], list[Chunk]]]] = {
    EventType.RUN_STARTED: UiMessageStream._start,
    EventType.TEXT_DELTA: UiMessageStream._text,
    EventType.TOOL_CALL: UiMessageStream._call,
    EventType.TOOL_RESULT: UiMessageStream._result,
    EventType.APPROVAL_REQUIRED: UiMessageStream._approval,
    EventType.CITATION: UiMessageStream._citation,
    EventType.USAGE: UiMessageStream._usage,
    EventType.RUN_COMPLETED: UiMessageStream._completed,
    EventType.RUN_FAILED: UiMessageStream._failed,
    EventType.RUN_CANCELLED: UiMessageStream._cancelled,
}


def _output(call_id: str, ok: bool, result: dict[str, Any]) -> Chunk:
    if ok:
        return {"type": "tool-output-available", "toolCallId": call_id, "output": result}
    if result["error"]["code"] == "declined":
        return {"type": "tool-output-denied", "toolCallId": call_id}
    return {"type": "tool-output-error", "toolCallId": call_id, "errorText": result["error"]["detail"]}


def _data(name: str, data: dict[str, Any], chunk_id: str) -> Chunk:
    return {"type": f"data-{name}", "id": chunk_id, "data": data}
