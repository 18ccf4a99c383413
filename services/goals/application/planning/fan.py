"""Percentiles over time, for a chart."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.goals.domain.planning.amounts import as_money
from services.goals.domain.planning.simulation import FanPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class FanPointView:
    """After so many months from now: a tenth of the futures lie below p10, half below p50, and so on."""

    month: int
    date: date
    p10: Decimal
    p25: Decimal
    p50: Decimal
    p75: Decimal
    p90: Decimal


def marks_of(months: int, monthly: bool) -> tuple[int, ...]:
    """The months after which percentiles are told: each, or each twelfth and the last."""
    if monthly:
        return tuple(range(1, months + 1))
    return tuple(sorted({*range(12, months + 1, 12), *([months] if months else [])}))


def fan_view(points: Sequence[FanPoint], start: date, currency: str) -> tuple[FanPointView, ...]:
    """The points with their days."""
    return tuple(_point(point, start, currency) for point in points)


def _point(point: FanPoint, start: date, currency: str) -> FanPointView:
    p10, p25, p50, p75, p90 = (as_money(amount, currency).amount for amount in point.amounts)
    day = months_after(start, point.month)
    return FanPointView(month=point.month, date=day, p10=p10, p25=p25, p50=p50, p75=p75, p90=p90)


def months_after(start: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short to have it."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
