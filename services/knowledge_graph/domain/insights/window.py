"""The months that a question about flows looks at, and shares of a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money, minor_unit

MOST_MONTHS: Final = 36
DEFAULT_MONTHS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The last `months` complete months before `as_of`; both days are included."""

    as_of: date
    start: date
    end: date
    months: int


def complete_months(as_of: date, months: int) -> Window:
    """The window of that many months; InvalidInputError unless there are 1 to 36."""
    if not 1 <= months <= MOST_MONTHS:
        raise InvalidInputError(f"months must be from 1 to {MOST_MONTHS}.", extra={"field": "months"})
    end = as_of.replace(day=1) - timedelta(days=1)
    first = end.year * 12 + end.month - months
    return Window(as_of=as_of, start=date(first // 12, first % 12 + 1, 1), end=end, months=months)


def per_month(total: Money, months: int) -> Decimal:
    """The monthly average, rounded half to even to the minor unit."""
    return (total.amount / months).quantize(minor_unit(total.currency), ROUND_HALF_EVEN)


def percent(part: Money, whole: Money) -> Decimal:
    """What part of the whole, in percent with one decimal, rounded half to even; 0 of nothing."""
    if not whole.amount:
        return Decimal("0.0")
    return (100 * part.amount / whole.amount).quantize(Decimal("0.1"), ROUND_HALF_EVEN)
