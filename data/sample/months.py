"""Calendar months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_until(end: date, count: int) -> list[date]:
    """The first days of `count` months, the last of them the month of `end`."""
    last = end.year * 12 + end.month - 1
    return [date(index // 12, index % 12 + 1, 1) for index in range(last - count + 1, last + 1)]


def day_of(month: date, day: int) -> date:
    """That day of the month, or its last day when it is shorter."""
    return month.replace(day=min(day, last_day(month)))


def last_day(month: date) -> int:
    """How many days the month has."""
    return monthrange(month.year, month.month)[1]
