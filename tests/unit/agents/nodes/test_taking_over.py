"""A step that a crash cut off is made again: what was told of its reads holds."""

from __future__ import annotations

from dataclasses import dataclass

from agents.models.port import ModelRequest, Tell, TextDelta, ToolCall, ToolCallsRequested
from agents.runs.events import EventType
from services.shared.domain.identity import Identity
from tests.support.turns import Event, Heard, turn
from tools.tool import Tool, ToolArguments


class Nothing(ToolArguments):
    pass


@dataclass(frozen=True, slots=True)
class Balance:
    balance: str


READS: list[None] = []


async def _read(_: Identity, __: Nothing) -> Balance:
    READS.append(None)
    return Balance("777.00")


READ = Tool(name="read", description="Reads.", scope="finance:read", arguments=Nothing, run=_read, cacheable=False)
RESULT: Event = (
    EventType.TOOL_RESULT,
    {"call_id": "call_1_1", "name": "read", "ok": True, "result": {"balance": "500.00"}},
)
CITED = {"figure": "₹500", "call_id": "call_1_1", "path": "$.balance"}


def says(text: str) -> Event:
    return EventType.TEXT_DELTA, {"delta": text}


class Saying:
    """Reads, and says then what it is told to."""

    name = "saying-1"

    def __init__(self, text: str) -> None:
        self.text = text

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        if any(message["role"] == "tool" for message in request.messages):
            for word in self.text.split(" "):
                tell(TextDelta(f"{word} "))
        else:
            tell(ToolCallsRequested((ToolCall("x", "read", "{}"),)))


async def taken_over(text: str, told: list[Event]) -> Heard:
    READS.clear()
    return await turn(Saying(text), [READ], told=told)


async def test_a_result_that_was_told_is_not_read_again() -> None:
    heard = await taken_over("You have ₹500.", [RESULT])
    assert not READS
    assert heard.ear.said.text == heard.state["answer"] == "You have ₹500. "
    assert heard.ear.of(EventType.TOOL_RESULT) == []


async def test_one_that_was_not_told_is() -> None:
    heard = await taken_over("You have ₹777.", [(EventType.TOOL_CALL, {"call_id": "call_1_1"})])
    assert len(READS) == 1
    assert heard.ear.said.text == "You have ₹777. "


async def test_a_draft_goes_on_with_figures_of_a_result_that_was_told() -> None:
    told = [RESULT, says("You have ₹500."), (EventType.CITATION, CITED)]
    heard = await taken_over("There are ₹500 in it.", told)
    assert heard.ear.said.text == heard.state["answer"] == "You have ₹500. There are ₹500 in it. "
    assert CITED in heard.state["citations"]
    assert heard.ear.of(EventType.CITATION) == []


async def test_a_figure_that_no_tool_gave_stops_the_new_draft_too() -> None:
    heard = await taken_over("You have ₹500. And ₹999.", [RESULT, says("You have ")])
    assert heard.ear.said.text == heard.state["answer"]
    assert "999" not in heard.ear.said.text
