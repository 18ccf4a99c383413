"""The tools' turn: all calls of a round, side by side, through the gateway."""

from __future__ import annotations

import asyncio
from typing import Any

from langgraph.runtime import Runtime

from agents import calculation
from agents.context import TurnContext
from agents.models.port import Message, MessageToolCall
from agents.nodes.evidence import results_of
from agents.nodes.outcomes import outcome_of, say_call, say_result
from agents.state import TurnState
from tools.calls import parse_arguments


async def act(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Runs the reads of the last message and appends their results in the order of the calls; writes come next."""
    gateway = runtime.context.gateway
    calls = [call for call in state["turn"][-1]["tool_calls"] if not gateway.writes(call["function"]["name"])]
    earlier = results_of(state)
    messages = await asyncio.gather(*(_call(call, runtime.context, earlier) for call in calls))
    return {"turn": list(messages), "tools_called": [call["function"]["name"] for call in calls]}


async def _call(call: MessageToolCall, context: TurnContext, earlier: dict[str, Any]) -> Message:
    name, arguments = call["function"]["name"], call["function"]["arguments"]
    say_call(context, call)

    async def work() -> dict[str, Any]:
        if name == calculation.NAME:
            return calculation.calculate(parse_arguments(arguments), earlier)
        return await context.gateway.run_json(context.identity, name, arguments)

    return say_result(context, call, await outcome_of(context, name, work))
