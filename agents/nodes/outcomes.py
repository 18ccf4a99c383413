"""What came of a call: said to the clients once, and to the model in words that let it correct itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
import structlog

from agents.context import TurnContext
from agents.models.port import Message, MessageToolCall
from agents.runs.events import EventType
from services.shared.domain.errors import InvalidInputError, NiveshError, TooLargeError
from tools.calls import parse_arguments

log = structlog.get_logger(__name__)


class TooManyCallsError(TooLargeError):
    """A round has more calls than are made at once."""

    code = "too-many-calls"


def say_call(context: TurnContext, call: MessageToolCall) -> None:
    """Tell the clients that a tool is called."""
    function = call["function"]
    context.sink.emit_once(
        EventType.TOOL_CALL,
        {"call_id": call["id"], "name": function["name"], "arguments": _shown(function["arguments"])},
    )


def say_result(context: TurnContext, call: MessageToolCall, result: dict[str, Any]) -> Message:
    """Tell the clients what came of it; the message that tells the model."""
    data = {"call_id": call["id"], "name": call["function"]["name"], "ok": "error" not in result, "result": result}
    context.sink.emit_once(EventType.TOOL_RESULT, data)
    return {"role": "tool", "tool_call_id": call["id"], "content": orjson.dumps(result).decode()}


async def outcome_of(
    context: TurnContext, name: str, work: Callable[[], Awaitable[dict[str, Any]]], *, changes: bool = False
) -> dict[str, Any]:
    """The result of the work, or `{"error": …}`.

    Of work that changes something, an outage is raised: it may have been done all the same, which the record will say.
    """
    try:
        return await work()
    except NiveshError as error:
        return {"error": {"code": error.code, "detail": error.detail}}
    except Exception as error:
        if changes and context.is_outage(error):
            raise
        log.exception("tool.failed", tool=name, run_id=context.run_id)
        return {"error": {"code": "internal", "detail": f"'{name}' failed. The failure has been recorded."}}


def _shown(arguments: str) -> Any:
    try:
        return parse_arguments(arguments)
    except InvalidInputError:
        return arguments
