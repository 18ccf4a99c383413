"""A round of reads: side by side, the same one once, bounded, and never a write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from agents.models.port import ModelRequest, Tell, TextDelta, ToolCall, ToolCallsRequested
from agents.nodes.act import MAX_CALLS
from agents.runs.events import EventType
from services.shared.domain.identity import Identity
from tests.support.turns import turn
from tools.calls import MAX_ARGUMENTS_CHARS
from tools.tool import Tool, ToolArguments


class Asked(ToolArguments):
    number: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    count: int


class Counter:
    """A read that tells how often it was made."""

    def __init__(self, *, cacheable: bool = True) -> None:
        self.count = 0
        self.tool = Tool(
            name="count",
            description="Counts.",
            scope="finance:read",
            arguments=Asked,
            run=self._run,
            cacheable=cacheable,
        )

    async def _run(self, _: Identity, __: Asked) -> Count:
        self.count += 1
        return Count(self.count)


class Rounds:
    name = "rounds"

    def __init__(self, *rounds: Sequence[dict[str, object]]) -> None:
        self.rounds = rounds

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        done = sum("tool_calls" in message for message in request.messages)
        if done < len(self.rounds):
            calls = (ToolCall("x", "count", orjson.dumps(arguments).decode()) for arguments in self.rounds[done])
            tell(ToolCallsRequested(tuple(calls)))
        else:
            tell(TextDelta("Done."))


async def test_the_same_read_is_made_once_in_a_turn() -> None:
    counter = Counter()
    heard = await turn(Rounds([{}, {"number": 0}, {"number": 1}], [{}, {"number": 2}]), [counter.tool])
    assert counter.count == 3
    results = heard.ear.of(EventType.TOOL_RESULT)
    assert [result["result"] for result in results if result["call_id"] in {"call_1_1", "call_1_2", "call_2_1"}] == [
        {"count": 1}
    ] * 3


async def test_a_read_that_is_not_cacheable_is_made_again() -> None:
    counter = Counter(cacheable=False)
    await turn(Rounds([{}, {}], [{}]), [counter.tool])
    assert counter.count == 3


async def test_a_round_is_bounded() -> None:
    counter = Counter()
    heard = await turn(Rounds([{"number": number} for number in range(MAX_CALLS + 4)]), [counter.tool])
    assert counter.count == MAX_CALLS
    refused = [result["result"]["error"]["code"] for result in heard.ear.of(EventType.TOOL_RESULT) if not result["ok"]]
    assert refused == ["too-many-calls"] * 4


async def test_arguments_that_are_too_long_are_refused_and_not_carried_on() -> None:
    counter = Counter()
    heard = await turn(Rounds([{"number": "9" * 3_000_000}]), [counter.tool])
    (result,) = heard.ear.of(EventType.TOOL_RESULT)
    assert result["result"]["error"]["code"] == "arguments-too-long"
    assert counter.count == 0
    assert len(orjson.dumps(heard.state["turn"])) < 2 * MAX_ARGUMENTS_CHARS
