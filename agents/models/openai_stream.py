"""Reading a chat-completions stream from raw bytes: no object per token.

What arrives together (one read of the socket) becomes one piece of text. Format: OpenAI API reference, "Streaming
events of chat completions"; lines other than `data:` are ignored (WHATWG HTML, section 9.2.6).
"""

from __future__ import annotations

from typing import Any

import orjson

from agents.models.port import CUTS, Cut, ModelError, ModelEvent, TextDelta, ToolCall, ToolCallsRequested, Usage
from tools.calls import MAX_ARGUMENTS_CHARS


class StreamReader:
    """Feeds on bytes, gives events.

    `speaks` is True once there has been text, `closed` once the upstream has said that nothing more comes.
    """

    def __init__(self) -> None:
        self.speaks = False
        self.closed = False
        self._rest = b""
        self._fed = False
        self._cut: Cut | None = None
        self._calls: dict[int, ToolCall] = {}

    def feed(self, data: bytes) -> list[ModelEvent]:
        """The events that these bytes complete, text in one piece. Raises ModelError on a broken or failed stream."""
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        self._fed = self._fed or bool(lines)
        texts: list[str] = []
        events: list[ModelEvent] = []
        for line in lines:
            if line.startswith(b"data:"):
                self._data(line[5:].strip(), texts, events)
        if not texts:
            return events
        self.speaks = True
        return [TextDelta("".join(texts)), *events]

    def end(self) -> list[ModelEvent]:
        """What is left at the end: tool calls, and that the answer is not all. Raises ModelError if it broke off."""
        if not self.closed:
            raise ModelError("The model's stream ended before its answer did.", retryable=True)
        events: list[ModelEvent] = [self._cut] if self._cut is not None else []
        if self._calls:
            events.append(ToolCallsRequested(tuple(self._calls[index] for index in sorted(self._calls))))
        return events

    @property
    def unsaid(self) -> str | None:
        """What had come of tool calls, which are told at the end only; None when nothing at all had come."""
        if not self._fed:
            return None
        return "".join(call.name + call.arguments for call in self._calls.values())

    def _data(self, data: bytes, texts: list[str], events: list[ModelEvent]) -> None:
        if data == b"[DONE]":
            self.closed = True
            return
        try:
            chunk = orjson.loads(data)
            if (error := chunk.get("error")) is not None:
                raise ModelError("The model's provider reported an error.", retryable=True, said=_message(error))
            for choice in chunk.get("choices") or ():
                self._choice(choice, texts)
            if (usage := chunk.get("usage")) is not None:
                events.append(Usage(usage.get("prompt_tokens") or 0, usage.get("completion_tokens") or 0))
        except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
            raise ModelError(
                "The model sent a broken stream (not the JSON of chat completions).", retryable=True
            ) from error

    def _choice(self, choice: dict[str, Any], texts: list[str]) -> None:
        delta = choice.get("delta") or {}
        if text := delta.get("content"):
            texts.append(text)
        for part in delta.get("tool_calls") or ():
            self._tool_call(part)
        if (reason := choice.get("finish_reason")) is not None:
            self.closed = True
            self._cut = CUTS.get(reason)

    def _tool_call(self, part: dict[str, Any]) -> None:
        """Pieces of one call share an index; the first carries id and name, all carry parts of the arguments.

        What comes after more than a call may have is dropped.
        """
        index = part.get("index", 0)
        known = self._calls.get(index, ToolCall("", "", ""))
        function = part.get("function") or {}
        more = (function.get("arguments") or "") if len(known.arguments) <= MAX_ARGUMENTS_CHARS else ""
        self._calls[index] = ToolCall(
            call_id=part.get("id") or known.call_id or f"call_{index}",
            name=function.get("name") or known.name,
            arguments=known.arguments + more,
        )


def _message(error: object) -> str:
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)
