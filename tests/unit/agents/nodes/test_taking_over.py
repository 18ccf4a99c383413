"""A step that a crash cut off is made again: what was told of its calls and its reads holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from agents.costs import Price, PriceTable
from agents.limits import TurnLimits
from agents.models.port import ModelRequest, Tell, TextDelta, ToolCall, ToolCallsRequested
from agents.runs.events import EventType
from agents.state import cost_of, tokens_of_turn
from services.shared.domain.identity import Identity
from tests.support.turns import Event, Heard, turn
from tools.tool import Tool, ToolArguments


class Mark(ToolArguments):
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    balance: str


READS: list[str] = []


async def _read(_: Identity, wanted: Mark) -> Balance:
    READS.append(wanted.mark)
    return Balance("777.00")


READ = Tool(name="read", description="Reads.", scope="finance:read", arguments=Mark, run=_read, cacheable=False)


def called(index: int = 1, arguments: object = "{}", step: int = 1) -> Event:
    return EventType.TOOL_CALL, {"call_id": f"call_{step}_{index}", "name": "read", "arguments": arguments}


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
        self.wishes = 0

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        if any(message["role"] == "tool" for message in request.messages):
            for word in self.text.split(" "):
                tell(TextDelta(f"{word} "))
        else:
            self.wishes += 1
            tell(ToolCallsRequested((ToolCall("x", "read", '{"mark": "of the model"}'),)))


async def taken_over(text: str, told: Sequence[Event], model: Saying | None = None) -> Heard:
    READS.clear()
    return await turn(model or Saying(text), [READ], told=told)


async def test_a_result_that_was_told_is_not_read_again() -> None:
    heard = await taken_over("You have ₹500.", [called(), RESULT])
    assert not READS
    assert heard.ear.said.text == heard.state["answer"] == "You have ₹500. "
    assert heard.ear.of(EventType.TOOL_RESULT) == []


async def test_one_that_was_not_told_is() -> None:
    heard = await taken_over("You have ₹777.", [called()])
    assert READS == [""]
    assert heard.ear.said.text == "You have ₹777. "


async def test_calls_that_were_told_are_not_asked_for_again() -> None:
    model = Saying("You have ₹777.")
    told = [called(1, {"mark": "first"}), called(2, "{broken"), called(3, {"mark": "third"})]
    heard = await taken_over("", told, model)
    assert model.wishes == 0
    assert sorted(READS) == ["first", "third"]
    assert heard.ear.of(EventType.TOOL_CALL) == []
    told_of = {result["call_id"]: result["ok"] for result in heard.ear.of(EventType.TOOL_RESULT)}
    assert told_of == {"call_1_1": True, "call_1_2": False, "call_1_3": True}
    assert heard.state["tools_called"] == ["read"] * 3
    assert heard.state["rounds"] == 1


async def test_a_second_round_that_was_told_follows_on_the_first() -> None:
    model = Saying("You have ₹777.")
    heard = await taken_over("", [called(), RESULT, called(1, {"mark": "second round"}, step=2)], model)
    assert (model.wishes, READS) == (0, ["second round"])
    assert (heard.state["rounds"], heard.ear.answer) == (2, "You have ₹777. ")
    assert heard.state["models"] == ["saying-1"] * 3


async def test_what_a_completion_took_that_is_not_asked_for_again_counts() -> None:
    prices = PriceTable({"saying-1": Price(prompt=Decimal(1), completion=Decimal(2))})
    step = {"name": "reason", "number": 2, "prompt_tokens": 900, "completion_tokens": 100}
    told = [(EventType.STEP, step), called()]
    before = await turn(Saying("Done."), [READ], told=[called()], limits=TurnLimits(prices=prices))
    after = await turn(Saying("Done."), [READ], told=told, limits=TurnLimits(prices=prices))
    assert tokens_of_turn(after.state) - tokens_of_turn(before.state) == 1000
    assert cost_of(after.state) - cost_of(before.state) == Decimal("0.0011")
    assert step not in after.ear.of(EventType.STEP)


async def test_another_draft_begins_anew_below_with_figures_of_a_result_that_was_told() -> None:
    told = [called(), RESULT, says("You have ₹500."), (EventType.CITATION, CITED)]
    heard = await taken_over("There are ₹500 in it.", told)
    assert heard.ear.said.text == heard.state["answer"] == "You have ₹500.\n\nThere are ₹500 in it. "
    assert CITED in heard.state["citations"]
    assert heard.ear.of(EventType.CITATION) == []


async def test_a_figure_that_no_tool_gave_stops_the_new_draft_too() -> None:
    heard = await taken_over("You have ₹500. And ₹999.", [called(), RESULT, says("You have ")])
    assert heard.ear.said.text == heard.state["answer"]
    assert "999" not in heard.ear.said.text
