"""One completion with what belongs to it: the first loads the context before it, a draft is verified after it."""

from __future__ import annotations

from typing import Final

from langgraph.runtime import Runtime

from agents.context import TurnContext
from agents.nodes.load_context import load_context
from agents.nodes.reason import reason
from agents.nodes.steps import as_step
from agents.nodes.verify import verify
from agents.state import TurnState, merged

_LOAD: Final = as_step("load_context", load_context)
_REASON: Final = as_step("reason", reason)
_VERIFY: Final = as_step("verify", verify)


async def complete(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """The state after it. Each part is told as a step of its own; what they change is stored as one."""
    if "context" not in state:
        state = merged(state, await _LOAD(state, runtime))
    state = merged(state, await _REASON(state, runtime))
    if state["turn"][-1].get("tool_calls"):
        return state
    return merged(state, await _VERIFY(state, runtime))
