"""A question that names a tool call itself: `/create_goal {"name": "Car", …}`.

Programs that have a model of their own ask in this way for what needs their person's approval. It goes through the same
graph as every turn, so the same record, approval and effect key stand behind it; only nobody has to understand it.
"""

from __future__ import annotations

import re
from typing import Any, Final

import orjson

from agents.models.port import Message, ModelRequest, Tell, TextDelta, ToolCall, ToolCallsRequested, Usage

_CALL: Final = re.compile(r"/([a-z][a-z0-9_]{0,63})\s+(\{.*\})", re.DOTALL)


def direct_question(tool: str, arguments: dict[str, Any]) -> str:
    """The question that stands for a call."""
    return f"/{tool} {orjson.dumps(arguments, option=orjson.OPT_SORT_KEYS).decode()}"


def is_direct(question: str) -> bool:
    """Whether the question is a call."""
    return _CALL.fullmatch(question) is not None


class DirectModel:
    """Makes the one call that the question names, and says what came of it without a figure."""

    @property
    def name(self) -> str:
        """`direct`."""
        return "direct"

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        """The call, or once it has a result a sentence about it."""
        last = request.messages[-1]
        found = _CALL.fullmatch(last["content"] or "") if last["role"] == "user" else None
        if found is not None:
            tell(ToolCallsRequested((ToolCall("call_1", found.group(1), found.group(2)),)))
        else:
            tell(TextDelta(_outcome(request.messages)))
        tell(Usage(0, 0))


def _outcome(messages: list[Message]) -> str:
    results = [orjson.loads(message["content"] or "{}") for message in messages if message["role"] == "tool"]
    error = results[-1].get("error") if results else None
    return f"Not done: {error['detail']}" if error else "Done."
