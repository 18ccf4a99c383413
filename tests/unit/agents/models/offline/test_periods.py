"""What English says of a period, against days counted by hand. Today is Tuesday 24 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.models.offline import periods
from agents.models.offline.period_names import period_name
from agents.models.offline.period_parser import RelativePeriod, find_periods
from agents.models.offline.periods import EARLIEST, Period

TODAY = date(2026, 11, 24)


def read(text: str, today: date = TODAY, *, pairwise: bool = False) -> list[str]:
    """Found periods as `start..end`, or the word of a relative one."""
    return [
        str(one.period) if isinstance(one.period, RelativePeriod) else f"{one.period.start}..{one.period.end}"
        for one in find_periods(text.lower(), today, pairwise=pairwise)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-24..2026-11-24"),
        ("what did i spend yesterday?", "2026-11-23..2026-11-23"),
        ("the day before yesterday", "2026-11-22..2026-11-22"),
        ("tomorrow", "2026-11-25..2026-11-25"),
        ("this week", "2026-11-23..2026-11-29"),
        ("last week", "2026-11-16..2026-11-22"),
        ("next week", "2026-11-30..2026-12-06"),
        ("this month", "2026-11-01..2026-11-30"),
        ("the current month", "2026-11-01..2026-11-30"),
        ("last month", "2026-10-01..2026-10-31"),
        ("previous month", "2026-10-01..2026-10-31"),
        ("next month", "2026-12-01..2026-12-31"),
        ("this year", "2026-01-01..2026-12-31"),
        ("last year", "2025-01-01..2025-12-31"),
        ("past year", "2025-11-01..2026-10-31"),
        ("the last 12 months", "2025-11-01..2026-10-31"),
        ("last one year", "2025-11-01..2026-10-31"),
        ("last 3 months", "2026-08-01..2026-10-31"),
        ("the past three months", "2026-08-01..2026-10-31"),
        ("last six months", "2026-05-01..2026-10-31"),
        ("past couple of months", "2026-09-01..2026-10-31"),
        ("last 2 quarters", "2026-05-01..2026-10-31"),
        ("last 7 days", "2026-11-18..2026-11-24"),
        ("past 30 days", "2026-10-26..2026-11-24"),
        ("last 2 weeks", "2026-11-11..2026-11-24"),
        ("3 months ago", "2026-08-01..2026-08-31"),
        ("two days ago", "2026-11-22..2026-11-22"),
        ("2 weeks ago", "2026-11-09..2026-11-15"),
        ("year to date", "2026-01-01..2026-11-24"),
        ("ytd", "2026-01-01..2026-11-24"),
        ("so far this year", "2026-01-01..2026-11-24"),
        ("month to date", "2026-11-01..2026-11-24"),
        ("financial year to date", "2026-04-01..2026-11-24"),
        ("this quarter", "2026-10-01..2026-12-31"),
        ("last quarter", "2026-07-01..2026-09-30"),
        ("q1", "2026-04-01..2026-06-30"),
        ("q4", "2026-01-01..2026-03-31"),
        ("q1 fy26", "2025-04-01..2025-06-30"),
        ("q4 fy 2025-26", "2026-01-01..2026-03-31"),
        ("q3 of fy27", "2026-10-01..2026-12-31"),
        ("q1 2026", "2026-01-01..2026-03-31"),
        ("quarter 2 2025", "2025-04-01..2025-06-30"),
        ("fy 2025-26", "2025-04-01..2026-03-31"),
        ("fy2025-26", "2025-04-01..2026-03-31"),
        ("fy26", "2025-04-01..2026-03-31"),
        ("fy 2026", "2025-04-01..2026-03-31"),
        ("fy25-26", "2025-04-01..2026-03-31"),
        ("2025-26", "2025-04-01..2026-03-31"),
        ("financial year 2024-25", "2024-04-01..2025-03-31"),
        ("this financial year", "2026-04-01..2027-03-31"),
        ("last financial year", "2025-04-01..2026-03-31"),
        ("previous fy", "2025-04-01..2026-03-31"),
        ("in october", "2026-10-01..2026-10-31"),
        ("in november", "2026-11-01..2026-11-30"),
        ("in december", "2025-12-01..2025-12-31"),
        ("last november", "2025-11-01..2025-11-30"),
        ("last december", "2025-12-01..2025-12-31"),
        ("oct 2025", "2025-10-01..2025-10-31"),
        ("oct '25", "2025-10-01..2025-10-31"),
        ("oct-25", "2025-10-01..2025-10-31"),
        ("october, 2025", "2025-10-01..2025-10-31"),
        ("october of 2025", "2025-10-01..2025-10-31"),
        ("sept 2026", "2026-09-01..2026-09-30"),
        ("in may", "2026-05-01..2026-05-31"),
        ("may 2025", "2025-05-01..2025-05-31"),
        ("10/2025", "2025-10-01..2025-10-31"),
        ("2025-10", "2025-10-01..2025-10-31"),
        ("in 2025", "2025-01-01..2025-12-31"),
        ("on 19 aug 2026", "2026-08-19..2026-08-19"),
        ("on 19th august", "2026-08-19..2026-08-19"),
        ("the 3rd of march 2026", "2026-03-03..2026-03-03"),
        ("aug 19, 2026", "2026-08-19..2026-08-19"),
        ("august 19th", "2026-08-19..2026-08-19"),
        ("19-aug-26", "2026-08-19..2026-08-19"),
        ("19/08/2026", "2026-08-19..2026-08-19"),
        ("19-08-26", "2026-08-19..2026-08-19"),
        ("2026-08-19", "2026-08-19..2026-08-19"),
        ("25 december", "2025-12-25..2025-12-25"),
        ("29 february", "2024-02-29..2024-02-29"),
        ("1-15 october", "2026-10-01..2026-10-15"),
        ("5 to 10 feb", "2026-02-05..2026-02-10"),
        ("on monday", "2026-11-23..2026-11-23"),
        ("last tuesday", "2026-11-17..2026-11-17"),
        ("on friday", "2026-11-20..2026-11-20"),
        ("last weekend", "2026-11-21..2026-11-22"),
        ("between march and june 2025", "2025-03-01..2025-06-30"),
        ("from march to june", "2026-03-01..2026-06-30"),
        ("from november to february", "2025-11-01..2026-02-28"),
        ("from 5 jan to 10 feb", "2026-01-05..2026-02-10"),
        ("from 20 dec 2025 to 5 jan 2026", "2025-12-20..2026-01-05"),
        ("from march 2025 to june", "2025-03-01..2025-06-30"),
        ("jan-mar 2026", "2026-01-01..2026-03-31"),
        ("jan through march", "2026-01-01..2026-03-31"),
        ("between 1 april 2025 and 31 march 2026", "2025-04-01..2026-03-31"),
        ("since march", "2026-03-01..2026-11-24"),
        ("from march onwards", "2026-03-01..2026-11-24"),
        ("from april till date", "2026-04-01..2026-11-24"),
        ("from 1 jan to today", "2026-01-01..2026-11-24"),
        ("until june", f"{EARLIEST}..2026-06-30"),
        ("up to june 2025", f"{EARLIEST}..2025-06-30"),
        ("before june 2026", f"{EARLIEST}..2026-05-31"),
        ("ever", f"{EARLIEST}..2026-11-24"),
        ("all time", f"{EARLIEST}..2026-11-24"),
        ("same month last year", "year-ago"),
        ("the month before", "previous"),
        ("30 feb 2026", "2026-02-01..2026-02-28"),  # no such day: its month
        ("next 7 days", "2026-11-24..2026-12-01"),
    ],
)
def test_one_period(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("more in sept than aug", ["2026-09-01..2026-09-30", "2026-08-01..2026-08-31"]),
        ("compare aug and sep 2025", ["2025-08-01..2025-08-31", "2025-09-01..2025-09-30"]),
        ("this month vs last month", ["2026-11-01..2026-11-30", "2026-10-01..2026-10-31"]),
        ("q1 and q2", ["2026-04-01..2026-06-30", "2026-07-01..2026-09-30"]),
        ("2025 versus 2026", ["2025-01-01..2025-12-31", "2026-01-01..2026-12-31"]),
        ("october with the same month last year", ["2026-10-01..2026-10-31", "year-ago"]),
        ("last month or the month before", ["2026-10-01..2026-10-31", "previous"]),
    ],
)
def test_two_periods(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_between_is_a_pair_when_comparing() -> None:
    assert read("between march and june", pairwise=True) == ["2026-03-01..2026-03-31", "2026-06-01..2026-06-30"]


@pytest.mark.parametrize(
    "text",
    [
        "how may i help",
        "may i see my balance",
        "above 2000",
        "spent over 2025 rupees",
        "31/02/2026",
        "top 5 merchants",
        "last 5 transactions",
        "₹2026",
        "ramesh",
        "",
        "in 13/2025",
    ],
)
def test_no_period(text: str) -> None:
    assert read(text) == []


def test_a_month_is_never_in_the_future_in_january() -> None:
    assert read("in december", date(2026, 1, 5)) == ["2025-12-01..2025-12-31"]
    assert read("last month", date(2026, 1, 5)) == ["2025-12-01..2025-12-31"]
    assert read("last quarter", date(2026, 1, 5)) == ["2025-10-01..2025-12-31"]
    assert read("this financial year", date(2026, 1, 5)) == ["2025-04-01..2026-03-31"]


days = st.dates(date(2010, 1, 1), date(2039, 12, 31))


@given(today=days, first=days, second=days)
def test_a_named_period_reads_back(today: date, first: date, second: date) -> None:
    period = Period(min(first, second), max(first, second))
    if period.end > today:
        return
    found = find_periods(period_name(period, today).lower(), today)
    assert [one.period.until(today) for one in found if isinstance(one.period, Period)] == [period]


@given(today=days, months=st.integers(1, 36))
def test_whole_months_read_back(today: date, months: int) -> None:
    period = periods.last_months(today, months)
    found = find_periods(period_name(period, today).lower(), today)
    assert [one.period for one in found] == [period]
    assert period.whole_months == months


@given(start=days, length=st.integers(1, 800))
def test_the_preceding_period_touches_and_has_the_same_length(start: date, length: int) -> None:
    period = Period(start, start + timedelta(days=length - 1))
    before = periods.preceding(period)
    assert before.end + timedelta(days=1) == period.start
    assert before.whole_months == period.whole_months or not period.whole_months
    assert before.days == period.days or period.whole_months


@given(today=days)
def test_a_period_so_far_ends_today(today: date) -> None:
    assert periods.month_of(today).until(today).end == today
    future = periods.month_of(today, 1)
    assert future.until(today) == future
