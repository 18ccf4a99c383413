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
    """Each part is told as a step of its own; what they change is given, and stored, as one."""
    update: TurnState = {} if "context" in state else await _LOAD(state, runtime)
    update = merged(update, await _REASON(merged(state, update), runtime))
    after = merged(state, update)
    if after["turn"][-1].get("tool_calls"):
        return update
    return merged(update, await _VERIFY(after, runtime))
