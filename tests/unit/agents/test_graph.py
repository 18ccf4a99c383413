"""What of a turn is stored before anything comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from langgraph.checkpoint.memory import InMemorySaver

from agents.graph import TurnGraph, build_graph
from agents.models.port import ModelRequest, Tell, TextDelta, ToolCall, ToolCallsRequested
from services.shared.domain.identity import Identity
from tests.support.turns import Ear, context_of
from tools.tool import Tool, ToolArguments

if TYPE_CHECKING:
    from langchain_core.runnables import RunnableConfig


class Nothing(ToolArguments):
    pass


@dataclass(frozen=True, slots=True)
class Balance:
    balance: Decimal


class Looking:
    """Looks twice, with some words beside each call or none."""

    name = "looking-1"

    def __init__(self, words: str) -> None:
        self.words = words

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        if sum(message["role"] == "tool" for message in request.messages) == 2:
            tell(TextDelta("You have enough."))
            return
        if self.words:
            tell(TextDelta(self.words))
        tell(ToolCallsRequested((ToolCall("x", "read", "{}"),)))


class Rounds:
    """Notes, whenever the tool reads, how many rounds the stored state knows of."""

    def __init__(self, graph: TurnGraph, config: RunnableConfig) -> None:
        self.known: list[int] = []
        self._graph = graph
        self._config = config

    async def read(self, _: Identity, __: Nothing) -> Balance:
        stored = (await self._graph.aget_state(self._config)).values.get("whole", {})
        self.known.append(stored.get("rounds", 0))
        return Balance(Decimal("777.00"))


@pytest.mark.parametrize(("words", "known"), [("", [0, 0]), ("Let me look. ", [1, 2])])
async def test_calls_of_reads_alone_are_left_to_the_log(words: str, known: list[int]) -> None:
    graph = build_graph(InMemorySaver())
    config: RunnableConfig = {"configurable": {"thread_id": "1"}}
    rounds = Rounds(graph, config)
    tool = Tool(
        name="read", description="Reads.", scope="finance:read", arguments=Nothing, run=rounds.read, cacheable=False
    )
    context = context_of(Looking(words), Ear(), [tool])
    final = await graph.ainvoke({"whole": {}}, config, context=context, durability="sync")
    assert rounds.known == known
    assert final["whole"]["answer"].endswith("You have enough.")
