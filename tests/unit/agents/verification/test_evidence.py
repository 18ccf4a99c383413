"""What supports a figure, and what does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agents.verification.evidence import Citation, Evidence
from agents.verification.figures import find_figures

TODAY = date(2026, 11, 24)
RESULT: dict[str, Any] = {
    "from": "2026-10-01",
    "to": "2026-10-31",
    "total": "11149.00",
    "count": 12,
    "average_per_month": "123456.78",
    "groups": [{"key": "1MG HEALTHCARE", "amount": "-2345.50", "share_percent": "21.0"}],
}


def evidence(question: str = "") -> Evidence:
    known = Evidence(TODAY)
    known.add_question(question)
    known.add_call("call_1_1", {"from": "2026-10-01", "to": "2026-10-31", "min_amount": "10000"}, RESULT)
    return known


def cited(text: str, question: str = "") -> list[Citation | None]:
    known = evidence(question)
    sources = [known.cite(figure) for figure in find_figures(known.without_names(text))]
    return [None if source is None else source[0] for source in sources]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("₹11,149.00", "$.total"),
        ("₹11,149", "$.total"),
        ("12 transactions", "$.count"),
        ("₹2,345.50", "$.groups[0].amount"),
        ("21.0%", "$.groups[0].share_percent"),
        ("21%", "$.groups[0].share_percent"),
        ("1.23 lakh", "$.average_per_month"),
        ("₹1.2 lakh", "$.average_per_month"),
        ("₹1,23,457", "$.average_per_month"),
        ("October 2026", "$.from"),
        ("31 Oct 2026", "$.to"),
    ],
)
def test_figures_of_a_result_are_cited(text: str, path: str) -> None:
    assert [c and (c.call_id, c.path) for c in cited(text)] == [("call_1_1", path)]


@pytest.mark.parametrize(
    "text",
    [
        "₹11,149.01",
        "₹11,150",
        "13 transactions",
        "₹1.3 lakh",
        "22%",
        "₹10,000",
        "30 Oct 2026",
        "September 2026",
        "in 2031",
        "₹2 lakh",
    ],
)
def test_everything_else_is_not(text: str) -> None:
    assert None in cited(text)


def test_counts_of_the_question_may_be_repeated_but_its_amounts_only_when_they_were_a_filter() -> None:
    assert None not in cited("the top 5", "my top 5 merchants")
    assert None not in cited("above ₹10,000", "what was above 10,000?")
    assert None in cited("above ₹20,000", "is my balance 20,000?")


def test_a_model_cannot_bring_in_an_amount_through_its_arguments() -> None:
    known = Evidence(TODAY)
    known.add_call("call_1_1", {"min_amount": "777777", "limit": 42}, {"count": 0})
    assert [known.cite(figure) for figure in find_figures("₹7,77,777 and 42")] == [None, None]


def test_a_name_within_a_name_leaves_nothing_of_the_longer_one() -> None:
    known = Evidence(TODAY)
    known.add_call("call_1_1", {}, {"sections": ["80C", "80CCD(1B)"]})
    assert find_figures(known.without_names("- 80CCD(1B): nothing")) == []


def test_what_holds_a_figure_may_say_that_it_is_a_percentage() -> None:
    known = Evidence(TODAY)
    figures = [{"name": "equity.expected_return_percent", "value": "12.0"}, {"name": "years", "value": "85"}]
    known.add_call("call_1_1", {}, {"figures": figures, "percents": {"equity": "60"}})
    assert [known.cite(figure) is not None for figure in find_figures("12%, 60% and 85%")] == [True, True, False]


def test_digits_in_a_name_are_no_figure() -> None:
    assert cited("at 1MG Healthcare") == []


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("₹7k", "6891.99"),
        ("₹6.9k", "6891.99"),
        ("seven thousand rupees", "6891.99"),
        ("₹1.2 lakh", "123456.00"),
        ("₹9.99 lakh", "999999.00"),
        ("₹10 lakh", "999999.00"),
    ],
)
def test_a_figure_may_be_rounded_at_its_last_place(text: str, holds: str) -> None:
    assert _told(text, holds)


@pytest.mark.parametrize(
    ("text", "holds"),
    [("₹7k", "6500.00"), ("₹7k", "7499.00"), ("₹6k", "6891.99"), ("₹7,000", "6891.99"), ("₹1 lakh", "123456.00")],
)
def test_a_figure_that_rounding_takes_far_away_is_another(text: str, holds: str) -> None:
    assert not _told(text, holds)


def _told(text: str, value: str) -> bool:
    known = Evidence(TODAY)
    known.add_call("call_1_1", {}, {"total": value})
    return all(known.cite(figure) is not None for figure in find_figures(text))
