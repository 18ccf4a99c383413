"""Whether days lie on a calendar: every week, fortnight, month, quarter, half-year or year.

Prepaid telephones run for 28, 56 or 84 days, and many meters are read every other month.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import pairwise
from statistics import median_low
from types import MappingProxyType
from typing import Final


class Cadence(StrEnum):
    """How often a payment comes."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    FOUR_WEEKLY = "four_weekly"
    TWO_MONTHLY = "two_monthly"
    EIGHT_WEEKLY = "eight_weekly"
    QUARTERLY = "quarterly"
    TWELVE_WEEKLY = "twelve_weekly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class CadenceRule:
    """`days` between payments about, `months` when it follows the calendar (0 for weeks), `slip_days` allowed."""

    days: int
    months: int
    per_year: Decimal
    slip_days: int
    least: int


CADENCES: Final[Mapping[Cadence, CadenceRule]] = MappingProxyType(
    {
        Cadence.WEEKLY: CadenceRule(7, 0, Decimal(52), 1, 5),
        Cadence.FORTNIGHTLY: CadenceRule(14, 0, Decimal(26), 2, 5),
        Cadence.MONTHLY: CadenceRule(30, 1, Decimal(12), 4, 3),
        Cadence.FOUR_WEEKLY: CadenceRule(28, 0, Decimal(13), 2, 5),
        Cadence.TWO_MONTHLY: CadenceRule(61, 2, Decimal(6), 4, 4),
        Cadence.EIGHT_WEEKLY: CadenceRule(56, 0, Decimal("6.5"), 2, 4),
        Cadence.QUARTERLY: CadenceRule(91, 3, Decimal(4), 4, 3),
        Cadence.TWELVE_WEEKLY: CadenceRule(84, 0, Decimal(13) / 3, 2, 4),
        Cadence.HALF_YEARLY: CadenceRule(182, 6, Decimal(2), 4, 3),
        Cadence.YEARLY: CadenceRule(365, 12, Decimal(1), 4, 2),
    }
)
# At most one payment in six may be missing, and never two in a row.
_MAX_SKIPS: Final = 6
_STRICT_SLIP_DAYS: Final = 2
_HALF_OF_SHORTEST_MONTH: Final = 14


@dataclass(frozen=True, slots=True)
class Schedule:
    """The calendar that days were found to lie on. It is strict when no payment slipped more than two days."""

    cadence: Cadence
    day_of_month: int
    next_due: date
    is_strict: bool


def fit_schedule(days: Sequence[date]) -> Schedule | None:
    """The first cadence, from weekly to yearly, that days in ascending order follow; None when there is none."""
    placed: _Placed | None = None
    for cadence, rule in CADENCES.items():
        if len(days) < rule.least:
            continue
        if rule.months:
            placed = placed or _placed(days)
            schedule = _by_months(placed, cadence, rule)
        else:
            schedule = _by_days(days, cadence, rule)
        if schedule is not None:
            return schedule
    return None


def due_days(first: date, cadence: Cadence, day_of_month: int, until: date) -> Iterator[date]:
    """The days of a calendar from `first`, which lies on it, to `until`.

    Those that count in months fall on the usual day, or on the last of a month that is shorter.
    """
    rule = CADENCES[cadence]
    if not rule.months:
        while first <= until:
            yield first
            first += timedelta(days=rule.days)
        return
    slot = _nearest_slot(first, day_of_month)
    while (day := _in_month(slot, day_of_month)) <= until:
        yield day
        slot += rule.months


def _by_days(days: Sequence[date], cadence: Cadence, rule: CadenceRule) -> Schedule | None:
    steps = []
    for earlier, later in pairwise(days):
        gap = (later - earlier).days
        steps.append(round(gap / rule.days))
        if abs(gap - steps[-1] * rule.days) > rule.slip_days:
            return None
    if not _regular(steps, 1):
        return None
    return Schedule(cadence, days[-1].day, days[-1] + timedelta(days=rule.days), is_strict=True)


@dataclass(frozen=True, slots=True)
class _Placed:
    """Days on a calendar of months: the usual day, the months whose usual days they are, and by how much they slip."""

    usual: int
    slots: Sequence[int]
    most_slip: int


def _placed(days: Sequence[date]) -> _Placed:
    usual = _usual_day(days)
    slots = [_nearest_slot(day, usual) for day in days]
    most_slip = max(abs((day - _in_month(slot, usual)).days) for day, slot in zip(days, slots, strict=True))
    return _Placed(usual, slots, most_slip)


def _by_months(placed: _Placed, cadence: Cadence, rule: CadenceRule) -> Schedule | None:
    slots = placed.slots
    if placed.most_slip > rule.slip_days or not _regular(
        [later - earlier for earlier, later in pairwise(slots)], rule.months
    ):
        return None
    next_due = _in_month(slots[-1] + rule.months, placed.usual)
    return Schedule(cadence, placed.usual, next_due, is_strict=placed.most_slip <= _STRICT_SLIP_DAYS)


def _regular(steps: Sequence[int], unit: int) -> bool:
    """Every step is one unit, but for few that are two."""
    skips = sum(step == 2 * unit for step in steps)
    return all(step in (unit, 2 * unit) for step in steps) and skips * _MAX_SKIPS <= len(steps)


def _usual_day(days: Sequence[date]) -> int:
    """The middle day of the month; days just after a month's end count as late, not as early, when most come late."""
    numbers = [day.day for day in days]
    if max(numbers) - min(numbers) > 20:
        numbers = [number + 31 if number <= 10 else number for number in numbers]
    middle = median_low(numbers)
    return middle - 31 if middle > 31 else middle


def _nearest_slot(day: date, usual: int) -> int:
    """The month (counted from year 0) whose usual day is nearest."""
    own = day.year * 12 + day.month - 1
    if abs(day.day - min(usual, _length(own))) < _HALF_OF_SHORTEST_MONTH:
        return own
    return min((own - 1, own, own + 1), key=lambda slot: abs((day - _in_month(slot, usual)).days))


def _in_month(slot: int, usual: int) -> date:
    year, month = divmod(slot, 12)
    return date(year, month + 1, min(usual, _length(slot)))


@cache
def _length(slot: int) -> int:
    """The days of a month. A forecast asks for them a hundred thousand times."""
    year, month = divmod(slot, 12)
    return calendar.monthrange(year, month + 1)[1]
