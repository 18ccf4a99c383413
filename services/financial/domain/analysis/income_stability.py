"""How steady an income is from month to month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Final

from services.financial.domain.analysis.robust import median
from services.shared.domain.money import Money

_THOUSANDTH: Final = Decimal("0.001")
_SPIKE: Final = Decimal("1.25")
_DIP: Final = Decimal("0.75")
_STEADY: Final = Decimal("0.10")
_FAIRLY_STEADY: Final = Decimal("0.25")
_VARIABLE: Final = Decimal("0.50")
LEAST_MONTHS: Final = 3


class Steadiness(StrEnum):
    """In words; the bounds on the coefficient of variation (0.10, 0.25, 0.50) are this program's own."""

    STEADY = "steady"
    FAIRLY_STEADY = "fairly_steady"
    VARIABLE = "variable"
    IRREGULAR = "irregular"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class IncomeStability:
    """Statistics of monthly incomes.

    `coefficient_of_variation` has three decimals; None with fewer than three months or without any income, and
    `steadiness` is then unknown. `spikes` and `dips` count months more than a quarter above and below the median.
    """

    months: int
    mean: Money
    median: Money
    lowest: Money
    highest: Money
    coefficient_of_variation: Decimal | None
    steadiness: Steadiness
    spikes: int
    dips: int
    months_without_income: int


def income_stability(incomes: Sequence[Money], currency: str) -> IncomeStability:
    """The statistics of consecutive whole months.

    The coefficient of variation is the standard deviation of the months (of the population, divisor n) over their mean.
    Spikes and dips of a quarter from the median are those of the JPMorgan Chase Institute's "Weathering Volatility"
    (2015 and 2019).
    """
    amounts = [income.amount for income in incomes] or [Decimal(0)]
    middle = median(amounts)
    mean = sum(amounts, Decimal(0)) / len(amounts)
    variation = _variation(amounts, mean) if len(incomes) >= LEAST_MONTHS and mean > 0 else None
    return IncomeStability(
        months=len(incomes),
        mean=Money(mean, currency),
        median=Money(middle, currency),
        lowest=Money(min(amounts), currency),
        highest=Money(max(amounts), currency),
        coefficient_of_variation=variation,
        steadiness=_steadiness(variation),
        spikes=sum(amount > middle * _SPIKE for amount in amounts),
        dips=sum(amount < middle * _DIP for amount in amounts),
        months_without_income=sum(income.amount <= 0 for income in incomes),
    )


def _variation(amounts: Sequence[Decimal], mean: Decimal) -> Decimal:
    variance = sum(((amount - mean) ** 2 for amount in amounts), Decimal(0)) / len(amounts)
    return (variance.sqrt() / mean).quantize(_THOUSANDTH, ROUND_HALF_EVEN)


def _steadiness(variation: Decimal | None) -> Steadiness:
    if variation is None:
        return Steadiness.UNKNOWN
    if variation < _STEADY:
        return Steadiness.STEADY
    if variation < _FAIRLY_STEADY:
        return Steadiness.FAIRLY_STEADY
    return Steadiness.VARIABLE if variation < _VARIABLE else Steadiness.IRREGULAR
