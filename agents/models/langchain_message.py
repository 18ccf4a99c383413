"""What comes of a LangChain model's message, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from langchain_core.messages import AIMessage, AIMessageChunk
from langchain_core.messages.ai import UsageMetadata, add_usage
from langchain_core.messages.tool import ToolCallChunk

from agents.models.port import CUTS, ModelError, ModelEvent, ToolCall, ToolCallsRequested, Usage
from tools.calls import MAX_ARGUMENTS_CHARS

# As Anthropic and Google say it.
_CUTS: Final = CUTS | {
    "max_tokens": CUTS["length"],
    "refusal": CUTS["content_filter"],
    "safety": CUTS["content_filter"],
}


class Message:
    """One message, but for its text, which is told as it comes.

    Chunks are not added to each other, as LangChain would: each sum reads all arguments that have come so far again,
    completes those that break off, and drops those that are no JSON. Here they stay as the model wrote them.
    """

    def __init__(self) -> None:
        self._began = False
        self._pieces: list[ToolCallChunk] = []
        self._argument_chars = 0
        self._usage: UsageMetadata | None = None
        self._reason = ""

    def add(self, message: AIMessage) -> None:
        """Take the next chunk, or the only message of a model that does not stream."""
        self._began = True
        chunk = (
            message
            if isinstance(message, AIMessageChunk)
            else AIMessageChunk(content="", tool_calls=message.tool_calls)
        )
        self._pieces += chunk.tool_call_chunks
        self._argument_chars += sum(len(piece["args"] or "") for piece in chunk.tool_call_chunks)
        if message.usage_metadata:
            self._usage = add_usage(self._usage, message.usage_metadata)
        about = message.response_metadata
        self._reason = str(about.get("finish_reason") or about.get("stop_reason") or self._reason).lower()

    @property
    def is_too_long(self) -> bool:
        """Whether its calls are longer than one may be, so that what is still to come would change nothing."""
        return self._argument_chars > MAX_ARGUMENTS_CHARS

    @property
    def unsaid(self) -> str | None:
        """What had come of its tool calls, which are told at the end only; None when nothing at all had come."""
        return "".join(f"{piece['name'] or ''}{piece['args'] or ''}" for piece in self._pieces) if self._began else None

    def end(self) -> list[ModelEvent]:
        """Its usage, whether it ends before it is complete, and its calls. Raises ModelError when nothing had come."""
        if not self._began:
            raise ModelError("The model answered nothing.", retryable=True)
        events: list[ModelEvent] = []
        if self._usage:
            events.append(Usage(self._usage["input_tokens"], self._usage["output_tokens"]))
        if (cut := _CUTS.get(self._reason)) is not None:
            events.append(cut)
        if self._pieces:
            events.append(ToolCallsRequested(tuple(_calls(self._pieces))))
        return events


def _calls(pieces: Iterable[ToolCallChunk]) -> Iterable[ToolCall]:
    """The calls in the order in which they began; a piece without an index is a call of its own."""
    calls: dict[tuple[str, int], list[ToolCallChunk]] = {}
    for number, piece in enumerate(pieces):
        key = ("alone", number) if piece["index"] is None else ("part", piece["index"])
        calls.setdefault(key, []).append(piece)
    for number, parts in enumerate(calls.values()):
        yield ToolCall(
            next((part["id"] for part in parts if part["id"]), f"call_{number}"),
            "".join(part["name"] or "" for part in parts),
            "".join(part["args"] or "" for part in parts),
        )
