"""The tools' turn: all reads of a round, side by side, through the gateway."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Final

from langgraph.runtime import Runtime

from agents import calculation
from agents.context import TurnContext
from agents.models.port import Message, MessageToolCall
from agents.nodes.evidence import results_of
from agents.nodes.outcomes import TooManyCallsError, outcome_of, say_call, say_result
from agents.nodes.repeats import key_of, results_known
from agents.state import TurnState
from tools.calls import parse_arguments

MAX_CALLS: Final = 16
"""Reads of one round; a model that wants more is told to ask again."""
_AT_ONCE: Final = 6


async def act(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """Runs the reads of the last message and appends their results in the order of the calls; writes come next.

    All calls are told at one moment, so that the log has all of them or none. What was told of a call before a crash
    is its result: the person's clients have seen it, and figures cite it.
    """
    context = runtime.context
    calls = [call for call in state["turn"][-1]["tool_calls"] if not context.gateway.writes(call["function"]["name"])]
    for call in calls:
        say_call(context, call)
    reads = _Round(context, results_of(state), results_known(state, context.gateway))
    messages = await asyncio.gather(*(reads.call(call, index < MAX_CALLS) for index, call in enumerate(calls)))
    return {"turn": list(messages), "tools_called": [call["function"]["name"] for call in calls]}


@dataclass(slots=True)
class _Round:
    """`earlier` are the turn's results by call id; `known` those that answer the same read again, by its key."""

    context: TurnContext
    earlier: dict[str, Any]
    known: dict[bytes, dict[str, Any]]
    running: dict[bytes, asyncio.Task[dict[str, Any]]] = field(default_factory=dict)
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    async def call(self, call: MessageToolCall, allowed: bool) -> Message:
        result = self.context.sink.said.results.get(call["id"])
        if result is None:
            result = await self._shared(call, allowed)
        return say_result(self.context, call, result)

    async def _shared(self, call: MessageToolCall, allowed: bool) -> dict[str, Any]:
        key = key_of(self.context.gateway, call)
        if key is None:
            return await self._result(call, allowed)
        if key in self.known:
            return self.known[key]
        if key not in self.running:
            self.running[key] = asyncio.create_task(self._result(call, allowed))
        return await self.running[key]

    async def _result(self, call: MessageToolCall, allowed: bool) -> dict[str, Any]:
        name, arguments = call["function"]["name"], call["function"]["arguments"]

        async def work() -> dict[str, Any]:
            if not allowed:
                raise TooManyCallsError(f"At most {MAX_CALLS} calls run in one round. Call this again in the next.")
            if name == calculation.NAME:
                return calculation.calculate(parse_arguments(arguments), self.earlier)
            return await self.context.gateway.run_json(self.context.identity, name, arguments)

        async with self.slots:
            return await outcome_of(self.context, name, work)
