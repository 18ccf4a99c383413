"""Monte Carlo: what may come of a plan when returns swing.

The only module of this context that computes in binary floating point: thousands of futures cannot be computed in
decimals, and a quantile of an estimate has no exact value. Amounts enter and leave as Decimal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from services.goals.domain.planning.portfolio import Growth
from services.shared.domain.errors import InvalidInputError

Array = NDArray[np.float64]

DEFAULT_SEED: Final = 20_261_125
DEFAULT_PATHS: Final = 10_000
MIN_PATHS: Final = 100
MAX_PATHS: Final = 20_000
MAX_MONTHS: Final = 1_200
MAX_SEED: Final = 2**32 - 1
PERCENTILES: Final = (10, 25, 50, 75, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What to simulate.

    `flows` is what is added at the end of each month (negative: taken out), `growth` how the money grows in it;
    `marks` are the months, from 1, after which percentiles are wanted. A path succeeds when it never runs dry and ends
    with at least `target`.
    """

    initial: Decimal
    flows: Sequence[Decimal]
    growth: Sequence[Growth]
    target: Decimal
    marks: Sequence[int] = ()
    paths: int = DEFAULT_PATHS
    seed: int = DEFAULT_SEED

    def __post_init__(self) -> None:
        if not MIN_PATHS <= self.paths <= MAX_PATHS:
            raise InvalidInputError(f"paths must be from {MIN_PATHS} to {MAX_PATHS:,}.")
        if not 0 <= self.seed <= MAX_SEED:
            raise InvalidInputError(f"seed must be from 0 to {MAX_SEED}.")
        if len(self.flows) > MAX_MONTHS or len(self.flows) != len(self.growth):
            raise InvalidInputError(f"A simulation covers at most {MAX_MONTHS:,} months.")


@dataclass(frozen=True, slots=True)
class FanPoint:
    """Percentiles of the money after a month, in the order of PERCENTILES."""

    month: int
    amounts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`probability_percent` and its standard error have two decimals; `mean` and `deviation` are of the end."""

    probability_percent: Decimal
    standard_error_percent: Decimal
    mean: Decimal
    deviation: Decimal
    median: Decimal
    fan: tuple[FanPoint, ...]
    paths: int
    seed: int


def simulate(wanted: Simulation) -> Outcome:
    """Draw the futures and sum them up. CPU-bound (numpy releases the GIL): call it in a thread.

    The factor of a month is lognormal with the mean (1 + m)^(1/12), months independent, such that a year's factor has
    the mean 1 + m and the standard deviation s: its logarithm has the variance v = ln(1 + s^2 / (1 + m)^2) / 12 and
    the mean ln(1 + m) / 12 - v / 2. Source: J. Hull, Options, Futures, and Other Derivatives, the lognormal property.
    The generator is numpy's PCG64; the same seed gives the same futures, so that two plans meet the same markets.
    """
    wealth = np.full(wanted.paths, np.float64(wanted.initial))
    dry = np.zeros(wanted.paths, dtype=np.bool_)
    marks, fan = set(wanted.marks), []
    mean, deviation = _logarithms(wanted.growth)
    flows = np.array(wanted.flows, dtype=np.float64)
    for month, factors in enumerate(_factors(mean, deviation, wanted), start=1):
        wealth *= factors
        wealth += flows[month - 1]
        if flows[month - 1] < 0:
            dry |= wealth < -_tolerance(wanted)
            np.maximum(wealth, 0, out=wealth)
        if month in marks:
            fan.append(FanPoint(month, _percentiles(wealth)))
    reached = ~dry & (wealth >= np.float64(wanted.target) - _tolerance(wanted))
    return _outcome(wanted, wealth, int(reached.sum()), tuple(fan))


def _tolerance(wanted: Simulation) -> np.float64:
    """A thousandth of a unit, or what floating point may lose on large amounts: not a missed goal."""
    return np.float64(max(abs(wanted.target), abs(wanted.initial), Decimal(1))) * 1e-9 + 1e-3


def _logarithms(growth: Sequence[Growth]) -> tuple[Array, Array]:
    expected = 1 + np.array([one.expected_percent for one in growth], dtype=np.float64) / 100
    volatility = np.array([one.volatility_percent for one in growth], dtype=np.float64) / 100
    variance = np.log1p((volatility / expected) ** 2) / 12
    return np.log(expected) / 12 - variance / 2, np.sqrt(variance)


def _factors(mean: Array, deviation: Array, wanted: Simulation) -> Iterator[Array]:
    """Growth factors of every path, month after month, drawn a year at a time so that they stay in the cache."""
    generator = np.random.Generator(np.random.PCG64(wanted.seed))
    for start in range(0, len(mean), 12):
        months = slice(start, start + 12)
        year = generator.standard_normal((len(mean[months]), wanted.paths))
        year *= deviation[months, None]
        year += mean[months, None]
        np.exp(year, out=year)
        yield from year


def _percentiles(wealth: Array) -> tuple[Decimal, ...]:
    """Definition 7 of R. Hyndman and Y. Fan, The American Statistician 50 (1996): linear between ordered values.

    Sorting is five times as fast here as np.percentile.
    """
    last = len(wealth) - 1
    places = np.array(PERCENTILES, dtype=np.float64) / 100 * last
    return tuple(_decimal(amount) for amount in np.interp(places, np.arange(last + 1), np.sort(wealth)))


def _outcome(wanted: Simulation, wealth: Array, succeeded: int, fan: tuple[FanPoint, ...]) -> Outcome:
    probability = Decimal(succeeded) / wanted.paths
    return Outcome(
        probability_percent=_percent(probability),
        standard_error_percent=_percent(standard_error(succeeded, wanted.paths)),
        mean=_decimal(wealth.mean()),
        deviation=_decimal(wealth.std(ddof=1)),
        median=_decimal(np.median(wealth)),
        fan=fan,
        paths=wanted.paths,
        seed=wanted.seed,
    )


def standard_error(succeeded: int, paths: int) -> Decimal:
    """Standard error of an estimated probability: sqrt(p (1 - p) / n) with n = paths + 4 and p = (succeeded + 2) / n.

    So it is not 0 where every path succeeded or none did. Source: A. Agresti and B. Coull, The American Statistician 52
    (1998).
    """
    n = Decimal(paths + 4)
    p = (succeeded + 2) / n
    return (p * (1 - p) / n).sqrt()


def _percent(part: Decimal) -> Decimal:
    return (part * 100).quantize(Decimal("0.01"))


def _decimal(number: np.floating[Any]) -> Decimal:
    return Decimal(repr(number.item()))
