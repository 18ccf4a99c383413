"""The reasoning graph of one turn: load context, reason, act and (approved) write in rounds, verify.

Loading before the first completion and verifying after the last are part of its step: nothing between them has an
effect that a repeat after a crash would double, so nothing between them is stored.
"""

from __future__ import annotations

from typing import Any, Literal

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.context import TurnContext
from agents.nodes.act import act
from agents.nodes.complete import complete
from agents.nodes.steps import as_step
from agents.nodes.write import unanswered, write
from agents.state import TurnState

TurnGraph = CompiledStateGraph[TurnState, TurnContext, TurnState, TurnState]


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None = None) -> TurnGraph:
    """Compile the graph. With a checkpointer a turn goes on after a crash from the last finished node."""
    graph = StateGraph(TurnState, context_schema=TurnContext)
    graph.add_node("reason", complete)
    graph.add_node("act", as_step("act", act))
    graph.add_node("write", as_step("write", write))
    graph.add_edge(START, "reason")
    graph.add_conditional_edges("reason", _after_reason)
    graph.add_conditional_edges("act", _after_act)
    graph.add_edge("write", "reason")
    return graph.compile(checkpointer=checkpointer, name="turn")


# Edges are coroutines because LangGraph runs plain functions in a thread.
async def _after_reason(state: TurnState) -> Literal["act", "reason", "__end__"]:
    if state["turn"][-1].get("tool_calls"):
        return "act"
    return "reason" if state["stopped"] else "__end__"


async def _after_act(state: TurnState) -> Literal["write", "reason"]:
    return "write" if unanswered(state) else "reason"
