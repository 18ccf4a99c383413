"""The offline model: answers from rules alone, deterministically, behind the same port as any other model."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.planner import Step, next_step
from agents.models.port import Message, ModelRequest, Tell, TextDelta, ToolCall, ToolCallsRequested, Usage

_PIECE: Final = re.compile(r"(?:\S+\s*){1,4}|\s+")


class OfflineModel:
    """Plans tool calls and writes answers without weights, network or randomness."""

    @property
    def name(self) -> str:
        """`offline`."""
        return "offline"

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        """One completion: tool calls, or the answer a few words at a time. It never fails."""
        step = next_step(request.messages, request.today, frozenset(tool.name for tool in request.tools))
        if step.calls and request.tools_allowed:
            tell(ToolCallsRequested(_calls(step, request.messages)))
        else:
            for piece in _PIECE.findall(step.text or "That takes more steps than an answer may have."):
                tell(TextDelta(piece))
        tell(Usage(_words(request.messages), len(step.text.split()) + len(step.calls)))


def _calls(step: Step, messages: list[Message]) -> tuple[ToolCall, ...]:
    first = sum(len(message.get("tool_calls", ())) for message in messages) + 1
    return tuple(
        ToolCall(f"call_{number}", call.tool, call.arguments_json)
        for number, call in enumerate(step.calls, start=first)
    )


def _words(messages: list[Message]) -> int:
    """A rough count of tokens; there is no tokenizer where there is no model."""
    return sum(len((message["content"] or "").split()) for message in messages)
