"""The tools' turn: all calls of a round, side by side, through the gateway."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import structlog
from langgraph.runtime import Runtime

from agents import calculation
from agents.context import TurnContext
from agents.models.port import Message, MessageToolCall
from agents.nodes.evidence import results_of
from agents.runs.events import EventType
from agents.state import TurnState
from services.shared.domain.errors import InvalidInputError, NiveshError
from tools.gateway import parse_arguments

log = structlog.get_logger(__name__)

TOOL_TIMEOUT_S = 20


async def act(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Runs the calls of the last message and appends their results in the order of the calls."""
    calls = state["turn"][-1]["tool_calls"]
    earlier = results_of(state)
    messages = await asyncio.gather(*(_call(call, runtime.context, earlier) for call in calls))
    return {"turn": list(messages), "tools_called": [call["function"]["name"] for call in calls]}


async def _call(call: MessageToolCall, context: TurnContext, earlier: dict[str, Any]) -> Message:
    name, call_id = call["function"]["name"], call["id"]
    context.sink.emit_once(
        EventType.TOOL_CALL, {"call_id": call_id, "name": name, "arguments": _shown(call["function"]["arguments"])}
    )
    result = await _result(name, call["function"]["arguments"], context, earlier)
    context.sink.emit_once(
        EventType.TOOL_RESULT, {"call_id": call_id, "name": name, "ok": "error" not in result, "result": result}
    )
    return {"role": "tool", "tool_call_id": call_id, "content": orjson.dumps(result).decode()}


async def _result(name: str, arguments: str, context: TurnContext, earlier: dict[str, Any]) -> dict[str, Any]:
    """The tool's result, or `{"error": …}` in words that let the model correct itself."""
    try:
        async with asyncio.timeout(TOOL_TIMEOUT_S):
            if name == calculation.NAME:
                return calculation.calculate(parse_arguments(arguments), earlier)
            return await context.gateway.run_json(context.identity, name, arguments)
    except NiveshError as error:
        return {"error": {"code": error.code, "detail": error.detail}}
    except TimeoutError:
        return {"error": {"code": "timeout", "detail": f"'{name}' took longer than {TOOL_TIMEOUT_S} s."}}
    except Exception:
        log.exception("tool.failed", tool=name, run_id=context.run_id)
        return {"error": {"code": "internal", "detail": f"'{name}' failed. The failure has been recorded."}}


def _shown(arguments: str) -> Any:
    try:
        return parse_arguments(arguments)
    except InvalidInputError:
        return arguments
