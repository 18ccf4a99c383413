"""Periods of days, both ends included: their arithmetic and their names in an answer."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

# The start of a period that has none ("until June", "ever"): before any bank export that a person may hold.
EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included. `floating`: the year was not said and may follow from the context."""

    start: date
    end: date
    floating: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"A period cannot end on {self.end}, before its start on {self.start}.")

    def until(self, today: date) -> Period:
        """The part that has happened; a period wholly in the future stays as it is."""
        return Period(self.start, today, self.floating) if self.start <= today < self.end else self

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def whole_months(self) -> int:
        """How many calendar months it is made of, 0 when it is not made of whole months."""
        if self.start.day != 1 or self.end.day != _month_length(self.end.year, self.end.month):
            return 0
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


def _month_length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def shift_months(day: date, months: int) -> date:
    """The same day some months later or earlier; the last day of a month stays the last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    length = _month_length(year, month)
    last = day.day == _month_length(day.year, day.month)
    return date(year, month, length if last else min(day.day, length))


def shift(period: Period, months: int) -> Period:
    """The period moved by whole months; whole months stay whole."""
    start = period.start.replace(day=1) if period.start.day == 1 else period.start
    moved = shift_months(start, months) if start.day != 1 else date(*_year_month(start, months), 1)
    return Period(moved, max(moved, shift_months(period.end, months)), period.floating)


def _year_month(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def preceding(period: Period) -> Period:
    """The period of the same length just before."""
    if period.whole_months:
        return shift(period, -period.whole_months)
    end = period.start - timedelta(days=1)
    return Period(end - timedelta(days=period.days - 1), end)


def adjacent(several: Sequence[Period]) -> bool:
    """Whether there are several, each beginning on the day after the one before it."""
    return len(several) > 1 and all(one.end + timedelta(days=1) == two.start for one, two in pairwise(several))


def day(on: date) -> Period:
    """One day."""
    return Period(on, on)


def month(year: int, number: int, *, floating: bool = False) -> Period:
    """A calendar month."""
    return Period(date(year, number, 1), date(year, number, _month_length(year, number)), floating)


def month_of(on: date, offset: int = 0) -> Period:
    """The month of a day, or one `offset` months from it."""
    return month(*_year_month(on, offset))


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def fiscal_year(ending: int) -> Period:
    """India's financial year, April to March, named by the year in which it ends."""
    return Period(date(ending - 1, 4, 1), date(ending, 3, 31))


def fiscal_year_of(on: date) -> int:
    """The year in which the financial year of a day ends."""
    return on.year + 1 if on.month >= 4 else on.year


def quarter(number_year: int, number: int) -> Period:
    """A calendar quarter, 1 to 4."""
    first = 3 * number - 2
    return Period(date(number_year, first, 1), month(number_year, first + 2).end)


def fiscal_quarter(ending: int, number: int) -> Period:
    """A quarter of the financial year that ends in `ending`; the first is April to June."""
    return quarter(ending, 1) if number == 4 else quarter(ending - 1, number + 1)


def quarter_of(on: date, offset: int = 0) -> Period:
    """The quarter of a day, or one `offset` quarters from it."""
    return shift(quarter(on.year, (on.month + 2) // 3), 3 * offset)


def week_of(on: date, offset: int = 0) -> Period:
    """The week of a day, Monday to Sunday, or one `offset` weeks from it."""
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=offset)
    return Period(monday, monday + timedelta(days=6))


def last_months(today: date, count: int) -> Period:
    """The last full calendar months, ending with last month."""
    return Period(month_of(today, -count).start, month_of(today, -1).end)


def last_days(today: date, count: int) -> Period:
    """The last days, today included."""
    return Period(today - timedelta(days=count - 1), today)


def nearest(period: Period, to: date, today: date) -> Period:
    """A floating period in the year that brings it closest to `to`, without reaching into the future."""
    candidates = [shift(period, 12 * years) for years in range(-30, 31) if _exists(period, years)]
    past = [one for one in candidates if one.start <= today] or candidates
    return min(past, key=lambda one: abs((one.start - to).days))


def _exists(period: Period, years: int) -> bool:
    return 1900 < period.start.year + years < 2200
