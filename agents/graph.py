"""The reasoning graph of one turn: load context, reason, act and (approved) write in rounds, verify.

A step of the graph is what is stored as one. What has no effect that a repeat after a crash would double needs no step
of its own: loading the context before the first completion, rounds of nothing but reads, verifying after the last.
What a lost step had told is in the run's log, and holds when the step is repeated: neither is a completion that asked
for reads asked for again, nor a read made again whose result was told.
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
from agents.state import GraphState, TurnState, merged

_ACT: Final = as_step("act", act)
_WRITE: Final = as_step("write", write)


_Next = Command[Literal["act", "write", "reason", "__end__"]]
TurnGraph = CompiledStateGraph[GraphState, TurnContext, GraphState, GraphState]


def build_graph(checkpointer: BaseCheckpointSaver[Any] | None = None) -> TurnGraph:
    """Compile the graph. With a checkpointer a turn goes on after a crash from the last finished node."""
    graph = StateGraph(GraphState, context_schema=TurnContext)
    graph.add_node("reason", _reason)
    graph.add_node("act", _act)
    graph.add_node("write", _write)
    graph.add_edge(START, "reason")
    graph.add_edge("write", "reason")
    return graph.compile(checkpointer=checkpointer, name="turn")


# A node that says itself what follows is cheaper than a conditional edge, which reads the whole state again.
async def _reason(state: GraphState, runtime: Runtime[TurnContext]) -> _Next:
    return await _complete(state["whole"], runtime)


async def _act(state: GraphState, runtime: Runtime[TurnContext]) -> _Next:
    after = merged(state["whole"], await _ACT(state["whole"], runtime))
    if unanswered(after):
        return Command(update=GraphState(whole=after), goto="write")
    return await _complete(after, runtime)


async def _write(state: GraphState, runtime: Runtime[TurnContext]) -> GraphState:
    return GraphState(whole=merged(state["whole"], await _WRITE(state["whole"], runtime)))


async def _complete(state: TurnState, runtime: Runtime[TurnContext]) -> _Next:
    """The state after the completions that follow, up to one whose calls are to be stored first, and where it leads."""
    after = await complete(state, runtime)
    while _only_reads(after, runtime.context):
        after = await complete(merged(after, await _ACT(after, runtime)), runtime)
    if after["turn"][-1].get("tool_calls"):
        return Command(update=GraphState(whole=after), goto="act")
    return Command(update=GraphState(whole=after), goto="reason" if after["stopped"] else "__end__")


def _only_reads(state: TurnState, context: TurnContext) -> bool:
    """Whether the completion was nothing but calls of reads, which the log tells whole and at once."""
    last = state["turn"][-1]
    names = [call["function"]["name"] for call in last.get("tool_calls", ())]
    return bool(names) and not last["content"] and not any(map(context.gateway.writes, names))
