"""The yearly rate at which money that went in and out at irregular days grew.

The rate r solves sum(a_i / (1 + r) ** ((d_i - d_0) / 365)) = 0, as Microsoft's documentation of XIRR defines it; its
example (-10,000 and four receipts, 0.373362535) is among the tests. Amounts and the answer are Decimal; between them
the equation is solved in binary floating point, out of which no amount of money comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

# Rates from -99.9999999 % to a thousand million times: u = ln(1 + r) between these.
_WIDEST: Final = 20.7
_COARSE_STEPS: Final = 200
_FINE_STEPS: Final = 1_200
_FINE_WIDTH: Final = 3.0
_DAYS_PER_YEAR: Final = 365
_MOST_ROUNDS: Final = 100
_TOLERANCE: Final = 1e-14
_CELLS: Final = 1_000_000
_PLACES: Final = Decimal("0.0000000001")


class RateOutcome(StrEnum):
    """What came of looking for a rate."""

    FOUND = "found"
    TOO_FEW_FLOWS = "too_few_flows"
    ONE_DIRECTION = "one_direction"
    NO_RATE = "no_rate"
    SEVERAL_RATES = "several_rates"
    OUT_OF_RANGE = "out_of_range"


REASONS: Final = {
    RateOutcome.FOUND: "",
    RateOutcome.TOO_FEW_FLOWS: "There are no amounts on two different days.",
    RateOutcome.ONE_DIRECTION: "Money only went in, or only came out: no rate makes that even.",
    RateOutcome.NO_RATE: "No yearly rate makes these amounts even.",
    RateOutcome.SEVERAL_RATES: "Several yearly rates make these amounts even, so none of them is the return.",
    RateOutcome.OUT_OF_RANGE: "The days are so close together that the yearly rate is beyond any meaning.",
}


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Money of the person on a day: negative when it went into the investment, positive when it came out."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Xirr:
    """`rate` is a fraction of one a year (0.12 is 12 %), to 10 decimals; None unless `outcome` is FOUND.

    `rates` holds what was found when it is several.
    """

    outcome: RateOutcome
    rate: Decimal | None = None
    rates: tuple[Decimal, ...] = ()

    @property
    def reason(self) -> str:
        """Why there is no rate; empty when there is one."""
        return REASONS[self.outcome]


def xirr(flows: Iterable[CashFlow]) -> Xirr:
    """The rate, or why there is none.

    In u = ln(1 + r) the value of the flows is a sum of exponentials. It has at most as many roots above 0 as the
    running sums of the flows have changes of sign, and below 0 as those from the end have (the variation-diminishing
    property of the Laplace transform; for whole periods this is Norstrom's criterion of 1972). Where these say that
    there is exactly one root it is bracketed and narrowed; else every change of sign on a grid is, of which steps of
    0.25 % between -95 % and 1,900 % a year are the finest.
    """
    days = _by_day(flows)
    if len(days) < 2:
        return Xirr(RateOutcome.TOO_FEW_FLOWS)
    amounts = [amount for _, amount in days]
    if all(a > 0 for a in amounts) or all(a < 0 for a in amounts):
        return Xirr(RateOutcome.ONE_DIRECTION)
    above, below = _sign_changes(accumulate(amounts)), _sign_changes(accumulate(reversed(amounts)))
    even = sum(amounts) == 0
    bound = above + below + even
    if bound == 0:
        return Xirr(RateOutcome.NO_RATE)
    if bound == 1 and even:
        return Xirr(RateOutcome.FOUND, Decimal(0).quantize(_PLACES))
    value = _Value(days)
    grid = _side(above > 0) if bound == 1 else _grid()
    roots = tuple(sorted({_rate(root) for root in value.roots(grid)}))
    if not roots:
        return Xirr(RateOutcome.OUT_OF_RANGE if bound == 1 else RateOutcome.NO_RATE)
    if len(roots) > 1:
        return Xirr(RateOutcome.SEVERAL_RATES, rates=roots)
    return Xirr(RateOutcome.FOUND, roots[0])


Binary = NDArray[np.float64]


class _Value:
    """The flows' value at u, scaled by a positive factor that keeps every exponent at most 0."""

    def __init__(self, days: Sequence[tuple[date, Decimal]]) -> None:
        first = days[0][0]
        self._years: Binary = np.array([(day - first).days / _DAYS_PER_YEAR for day, _ in days])
        self._amounts: Binary = np.array([amount for _, amount in days], dtype=np.float64)

    def at(self, points: Binary) -> Binary:
        """The values at many points, some at a time so that the table of exponents stays small."""
        block = max(1, _CELLS // len(self._years))
        parts = [self._at(points[start : start + block]) for start in range(0, len(points), block)]
        return np.concatenate(parts)

    def _at(self, points: Binary) -> Binary:
        origin = np.where(points >= 0, 0.0, self._years[-1])
        exponents = -points[:, None] * (self._years[None, :] - origin[:, None])
        values: Binary = np.exp(exponents) @ self._amounts
        return values

    def roots(self, grid: Binary) -> list[np.float64]:
        """Where the value is 0 on the grid, or changes its sign between two neighbours."""
        signs = np.sign(self.at(grid))
        found = [grid[place] for place in np.flatnonzero(signs == 0)]
        between = np.flatnonzero(signs[:-1] * signs[1:] < 0)
        return found + [self._narrowed(grid[place], grid[place + 1]) for place in between]

    def _narrowed(self, low: np.float64, high: np.float64) -> np.float64:
        """Ridders' method (1979): regula falsi on the values times an exponential; the bracket never loses the root."""
        at_low, at_high = self._one(low), self._one(high)
        for _ in range(_MOST_ROUNDS):
            middle = (low + high) / 2
            at_middle = self._one(middle)
            slope = np.sqrt(at_middle * at_middle - at_low * at_high)
            if at_middle == 0 or slope == 0 or high - low < _TOLERANCE:
                return middle
            guess = middle + (middle - low) * np.sign(at_low - at_high) * at_middle / slope
            at_guess = self._one(guess)
            for point, value in sorted([(middle, at_middle), (guess, at_guess)]):
                if value * at_low > 0:
                    low, at_low = point, value
                else:
                    high, at_high = point, value
                    break
        return (low + high) / 2

    def _one(self, point: np.float64) -> np.float64:
        exponents = -point * (self._years if point >= 0 else self._years - self._years[-1])
        return np.float64(np.exp(exponents) @ self._amounts)


def _by_day(flows: Iterable[CashFlow]) -> list[tuple[date, Decimal]]:
    sums: dict[date, Decimal] = defaultdict(Decimal)
    for flow in flows:
        sums[flow.day] += flow.amount
    return sorted((day, amount) for day, amount in sums.items() if amount)


def _sign_changes(sums: Iterable[Decimal]) -> int:
    signs = [one > 0 for one in sums if one]
    return sum(a != b for a, b in pairwise(signs))


def _side(is_above: bool) -> Binary:
    return np.array([0.0, _WIDEST]) if is_above else np.array([-_WIDEST, 0.0])


def _grid() -> Binary:
    fine = np.linspace(-_FINE_WIDTH, _FINE_WIDTH, 2 * _FINE_STEPS + 1)
    outer = np.linspace(_FINE_WIDTH, _WIDEST, _COARSE_STEPS)[1:]
    return np.concatenate([-outer[::-1], fine, outer])


def _rate(root: np.float64) -> Decimal:
    return Decimal(repr(float(np.expm1(root)))).quantize(_PLACES)
