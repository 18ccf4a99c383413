"""Questions as people type them, by the class of what makes them hard. Today is Tuesday, 24 November 2026."""

from __future__ import annotations

import pytest

from tests.unit.agents.models.offline.test_questions import OCT, YEAR, Call, asked, flow, spending

Q1 = ("2026-04-01", "2026-06-30")


def latest(count: int, **more: object) -> list[Call]:
    return [("search_transactions", {"direction": "debit", "sort": "newest", "limit": count, **more})]


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("Q1 this fy spending", spending(Q1)),
        ("first quarter spending this FY", spending(Q1)),
        ("q1 of last fy groceries", spending(("2025-04-01", "2025-06-30"), category="groceries")),
        ("Q4 spending last FY", spending(("2026-01-01", "2026-03-31"))),
        ("fy27 q1 spend", spending(Q1)),
        ("October spending last year", spending(("2025-10-01", "2025-10-31"))),
        ("rent since April this year", spending(("2026-04-01", "2026-11-24"), category="rent")),
        ("how much i spent b/w 1st oct and 15 oct", spending(("2026-10-01", "2026-10-15"))),
        (
            "how much did i spend yesterday n the day before",
            [*spending(("2026-11-23", "2026-11-23")), *spending(("2026-11-22", "2026-11-22"))],
        ),
        ("spend w/o rent in oct", [*spending(OCT), *spending(OCT, category="rent")]),
    ],
)
def test_a_period_is_read_whole(question: str, calls: list[Call]) -> None:
    """A year that stands apart from its quarter or month says of which year that is, and is no period of its own."""
    assert asked(question) == calls


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("last 3 petrol fills", latest(3, category="fuel")),
        ("my last five uber rides", latest(5, payee="uber")),
        ("how much in my last 2 electricity bills", latest(2, category="utilities")),
        ("pichle 3 petrol ke bill", latest(3, category="fuel")),
        ("rent of the last 2 years", spending(("2024-11-01", "2026-10-31"), category="rent")),
    ],
)
def test_so_many_of_the_latest_are_rows(question: str, calls: list[Call]) -> None:
    assert asked(question) == calls


@pytest.mark.parametrize(
    ("question", "calls"),
    [
        ("income and expenses in October", flow(OCT)),
        ("what's my income, expense and savings for oct", flow(OCT)),
        ("paise kahan gaye is saal", spending(YEAR, group_by="category", top=5)),
        ("where all went my money this year", spending(YEAR, group_by="category", top=5)),
    ],
)
def test_what_is_asked_of_the_whole(question: str, calls: list[Call]) -> None:
    assert asked(question) == calls
