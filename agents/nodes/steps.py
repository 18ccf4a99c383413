"""Tells what a turn does, node by node, and how long each took: for those who look over its shoulder."""

from __future__ import annotations

import time
from typing import Any, Protocol

from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.runs.events import EventType
from agents.state import TurnState


class Node(Protocol):
    """A node of the turn's graph."""

    async def __call__(self, state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
        """The update of the state."""
        ...


def as_step(name: str, node: Node) -> Node:
    """The node, followed by a `step` event: its name and number in the turn, milliseconds, and tokens if it spent any.

    A step that runs again after a crash has the same number and is told once.
    """

    async def step(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
        began = time.perf_counter()
        number = state.get("steps", 0) + 1
        update = await node(state, runtime)
        update["steps"] = number
        data: dict[str, Any] = {
            "name": name,
            "number": number,
            "duration_ms": round((time.perf_counter() - began) * 1000, 1),
        }
        for tokens in ("prompt_tokens", "completion_tokens"):
            if count := update.get(tokens):
                data[tokens] = count
        runtime.context.sink.emit_once(EventType.STEP, data)
        return update

    return step
