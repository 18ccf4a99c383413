"""What a model is sent when a conversation grows: the newest, with every result beside its call."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.context_window import fit
from agents.costs import Price, PriceTable
from agents.models.port import Message
from agents.tokens import tokens_at_most, tokens_of
from data.prices import load_prices

SYSTEM: Message = {"role": "system", "content": "You are Nivesh."}
QUESTION: Message = {"role": "user", "content": "And now?"}


def round_of(number: int, size: int, results: int = 2) -> list[Message]:
    calls = [f"call_{number}_{index}" for index in range(results)]
    asked: Message = {
        "role": "assistant",
        "content": None,
        "tool_calls": [
            {"id": call, "type": "function", "function": {"name": "get", "arguments": "{}"}} for call in calls
        ],
    }
    return [asked, *({"role": "tool", "tool_call_id": call, "content": "word " * size} for call in calls)]  # type: ignore[list-item]


def said(number: int, size: int) -> list[Message]:
    return [{"role": "user", "content": f"q{number} " * size}, {"role": "assistant", "content": f"a{number} " * size}]


def test_what_fits_is_sent_whole() -> None:
    context, turn = [SYSTEM, *said(1, 3)], [QUESTION, *round_of(1, 3)]
    assert fit(context, turn, 10_000) == [*context, *turn]


def test_the_oldest_turns_go_first() -> None:
    context, turn = [SYSTEM, *said(1, 100), *said(2, 5)], [QUESTION, *round_of(1, 5)]
    assert fit(context, turn, 300) == [SYSTEM, *said(2, 5), *turn]


@given(
    st.lists(st.integers(1, 60), max_size=6),
    st.lists(st.integers(1, 60), max_size=6),
    st.integers(10, 900),
)
@settings(max_examples=300, deadline=None)
def test_calls_and_results_stay_together(earlier: list[int], rounds: list[int], limit: int) -> None:
    context = [SYSTEM, *(message for number, size in enumerate(earlier) for message in said(number, size))]
    turn = [QUESTION, *(message for number, size in enumerate(rounds) for message in round_of(number, size))]
    kept = fit(context, turn, limit)
    asked = [call["id"] for message in kept for call in message.get("tool_calls", ())]
    answered = [message["tool_call_id"] for message in kept if message["role"] == "tool"]
    assert asked == answered
    assert kept[0] == SYSTEM
    assert QUESTION in kept
    assert kept[-1] == turn[-1]
    least = tokens_of([SYSTEM, QUESTION, *(round_of(0, rounds[-1]) if rounds else ())])
    assert tokens_of(kept) <= max(limit, least)


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_the_cheap_bound_is_one(text: str) -> None:
    message: Message = {"role": "user", "content": text.encode("utf-8", "ignore").decode()}
    assert tokens_of([message]) <= tokens_at_most([message])


def test_costs_are_exact_and_unknown_models_have_none() -> None:
    prices = PriceTable(
        {"gpt-5": Price(Decimal("1.25"), Decimal(10)), "gpt-5-mini": Price(Decimal("0.25"), Decimal(2))}
    )
    assert prices.cost("gpt-5-mini-2025-08-07", 1_000, 500) == Decimal("0.00125")
    assert prices.cost("openai:gpt-5", 8, 0) == Decimal("0.00001")
    assert prices.cost("gpt-55", 1, 1) is None


def test_the_built_in_table_has_prices() -> None:
    prices = load_prices()
    assert sum(prices["offline"]) == 0
    assert all(prompt <= completion for prompt, completion in prices.values())
