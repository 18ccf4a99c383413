"""Returns that need no search: absolute, and compounded over a period."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Final

from services.shared.domain.errors import InvalidInputError

_PERCENT: Final = Decimal("0.01")
_DAYS_PER_YEAR: Final = Decimal(365)


def absolute_return_percent(cost: Decimal, value: Decimal) -> Decimal | None:
    """(value - cost) / cost in percent, two decimals; None without a cost. Time does not enter."""
    return percent_of(value - cost, cost) if cost > 0 else None


def cagr_percent(begin_value: Decimal, end_value: Decimal, start: date, end: date) -> Decimal:
    """The compound annual growth rate in percent, two decimals: (end / begin) ** (365 / days) - 1.

    It is XIRR of two flows, and has its day count. InvalidInputError unless begin is above 0, end is not below 0 and
    the days are in order.
    """
    if begin_value <= 0 or end_value < 0:
        raise InvalidInputError("The first value must be above 0 and the last not below 0.")
    if end <= start:
        raise InvalidInputError("The last day must be after the first.")
    if end_value == 0:
        return Decimal("-100.00")
    with localcontext() as context:
        context.prec = 34
        growth = (end_value / begin_value).ln() * _DAYS_PER_YEAR / (end - start).days
        if growth > 20:
            raise InvalidInputError("The days are so close together that the yearly rate is beyond any meaning.")
        return ((growth.exp() - 1) * 100).quantize(_PERCENT, ROUND_HALF_EVEN)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """Part of whole in percent, two decimals; `whole` must not be 0."""
    return (part / whole * 100).quantize(_PERCENT, ROUND_HALF_EVEN)
