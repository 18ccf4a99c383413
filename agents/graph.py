"""The reasoning graph of one turn: load context, reason, act and (approved) write in rounds, verify."""

from __future__ import annotations

from typing import Any, Literal

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from agents.context import TurnContext
from agents.nodes.act import act
from agents.nodes.load_context import load_context
from agents.nodes.reason import reason
from agents.nodes.steps import as_step
from agents.nodes.verify import verify
from agents.nodes.write import unanswered, write
from agents.state import TurnState

TurnGraph = CompiledStateGraph[TurnState, TurnContext, TurnState, TurnState]


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None = None) -> TurnGraph:
    """Compile the graph. With a checkpointer a turn goes on after a crash from the last finished node."""
    graph = StateGraph(TurnState, context_schema=TurnContext)
    graph.add_node("load_context", as_step("load_context", load_context))
    graph.add_node("reason", as_step("reason", reason))
    graph.add_node("act", as_step("act", act))
    graph.add_node("write", as_step("write", write))
    graph.add_node("verify", as_step("verify", verify))
    graph.add_edge(START, "load_context")
    graph.add_edge("load_context", "reason")
    graph.add_conditional_edges("reason", _after_reason)
    graph.add_conditional_edges("act", _after_act)
    graph.add_edge("write", "reason")
    graph.add_conditional_edges("verify", _after_verify)
    return graph.compile(checkpointer=checkpointer, name="turn")


# Edges are coroutines because LangGraph runs plain functions in a thread.
async def _after_reason(state: TurnState) -> Literal["act", "verify"]:
    return "act" if state["turn"][-1].get("tool_calls") else "verify"


async def _after_act(state: TurnState) -> Literal["write", "reason"]:
    return "write" if unanswered(state) else "reason"


async def _after_verify(state: TurnState) -> Literal["reason", "__end__"]:
    return "reason" if state["stopped"] else "__end__"
