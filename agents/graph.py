"""The reasoning graph of one turn: load context, reason, act and (approved) write in rounds, verify.

Loading before the first completion and verifying after the last are part of its step: nothing between them has an
effect that a repeat after a crash would double, so nothing between them is stored.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command

from agents.context import TurnContext
from agents.nodes.act import act
from agents.nodes.complete import complete
from agents.nodes.steps import as_step
from agents.nodes.write import unanswered, write
from agents.state import TurnState, merged

_ACT: Final = as_step("act", act)

TurnGraph = CompiledStateGraph[TurnState, TurnContext, TurnState, TurnState]


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None = None) -> TurnGraph:
    """Compile the graph. With a checkpointer a turn goes on after a crash from the last finished node."""
    graph = StateGraph(TurnState, context_schema=TurnContext)
    graph.add_node("reason", _reason)
    graph.add_node("act", _act)
    graph.add_node("write", as_step("write", write))
    graph.add_edge(START, "reason")
    graph.add_edge("write", "reason")
    return graph.compile(checkpointer=checkpointer, name="turn")


# A node that says itself what follows is cheaper than a conditional edge, which reads the whole state again.
async def _reason(state: TurnState, runtime: Runtime[TurnContext]) -> Command[Literal["act", "reason", "__end__"]]:
    update = await complete(state, runtime)
    after = merged(state, update)
    if after["turn"][-1].get("tool_calls"):
        return Command(update=update, goto="act")
    return Command(update=update, goto="reason" if after["stopped"] else "__end__")


async def _act(state: TurnState, runtime: Runtime[TurnContext]) -> Command[Literal["write", "reason"]]:
    update = await _ACT(state, runtime)
    return Command(update=update, goto="write" if unanswered(merged(state, update)) else "reason")
