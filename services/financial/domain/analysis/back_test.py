"""How far forecasts of the past missed, and the interval that this calls for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from itertools import accumulate
from typing import Final

from services.financial.domain.analysis.forecast import History, expect

TARGET: Final = Decimal("0.8")
# What a forecast needs to know before it can be tried, and how long the shortest trial is.
_LEAST_KNOWN: Final = 120
_LEAST_AHEAD: Final = 30
_TRIALS: Final = 24
_APART: Final = 30
_MOST_STRETCH: Final = Decimal("1.5")
_LEAST_TRIALS: Final = 5
# 80 percent of a normal distribution lie within 1.2816 standard deviations of its mean.
_NORMAL_80: Final = Decimal("1.2816")
_TENTH: Final = Decimal("0.1")

Misses = Mapping[date, Sequence[Decimal]]


@dataclass(frozen=True, slots=True)
class Interval:
    """Half the width of the interval on each day ahead, never narrower than the day before.

    `coverage_percent` is how many of the actual balances of the back-test lay inside intervals that were made without
    the forecasts of the thirty days around; None when the history is too short for that, and `is_calibrated` is then
    false. `trials` counts forecasts of the past.
    """

    widths: tuple[Decimal, ...]
    coverage_percent: Decimal | None
    is_calibrated: bool
    trials: int


def back_test(history: History, days: int) -> Interval:
    """The interval for 80 in 100, from up to twenty-four forecasts made with what was known on days of the past.

    The width on a day ahead is the conformal quantile of the misses on it: the ceil(0.8 (n + 1))-th smallest of n (Lei,
    G'Sell, Rinaldo, Tibshirani and Wasserman, "Distribution-Free Predictive Inference for Regression", JASA 2018).
    Forecasts of days near each other are hardly independent, so each is tried against the widths of those made at least
    thirty days before or after it, and all widths are stretched until 80 in 100 of the actual balances lie inside, but
    to no more than one and a half times: what happened once (a bonus, a wedding) is not made the measure of everything.
    """
    misses = _misses(history, days)
    widths = _widths(misses.values(), days)
    if widths is None:
        return Interval(_uncalibrated(history, days), None, is_calibrated=False, trials=len(misses))
    ratios = sorted(_ratios(misses, days))
    if not ratios:
        return Interval(widths, None, is_calibrated=False, trials=len(misses))
    stretch = min(_MOST_STRETCH, max(Decimal(1), _quantile(ratios) or Decimal(1)))
    inside = sum(ratio <= stretch for ratio in ratios)
    coverage = (Decimal(inside * 100) / len(ratios)).quantize(_TENTH, ROUND_HALF_EVEN)
    return Interval(tuple(width * stretch for width in widths), coverage, is_calibrated=True, trials=len(misses))


def _misses(history: History, days: int) -> Misses:
    """By the day of the forecast: actual less expected on each day ahead that is known by now."""
    # A third of what is known: forecasts from little knowledge say little about this one.
    first = history.start + timedelta(days=max(_LEAST_KNOWN, history.days // 3))
    last = history.end - timedelta(days=_LEAST_AHEAD)
    span = (last - first).days
    if span < 0:
        return {}
    step = max(7, -(-span // (_TRIALS - 1)))
    return {
        day: _missed(history, day, days) for day in (last - timedelta(days=back) for back in range(0, span + 1, step))
    }


def _missed(history: History, day: date, days: int) -> list[Decimal]:
    at = (day - history.start).days + 1
    path = expect(history.until(day), min(days, (history.end - day).days)).path()
    return [history.totals[at + ahead] - history.totals[at] - path[ahead - 1] for ahead in range(1, len(path) + 1)]


def _widths(misses: Iterable[Sequence[Decimal]], days: int) -> tuple[Decimal, ...] | None:
    """By day ahead, from the forecasts that reach it; beyond what enough of them reach, as the root of time."""
    found: list[Decimal] = []
    trials = list(misses)
    for ahead in range(days):
        sizes = sorted(abs(missed[ahead]) for missed in trials if len(missed) > ahead)
        width = _quantile(sizes) if len(sizes) >= _LEAST_TRIALS else None
        if width is None:
            break
        found.append(width)
    if not found:
        return None
    reached = len(found)
    found += [found[-1] * (Decimal(ahead + 1) / reached).sqrt() for ahead in range(reached, days)]
    return tuple(accumulate(found, max))


def _ratios(misses: Misses, days: int) -> list[Decimal]:
    """Each miss over the width that the forecasts of other months call for."""
    ratios: list[Decimal] = []
    for day, missed in misses.items():
        widths = _widths((other for at, other in misses.items() if abs((at - day).days) >= _APART), len(missed))
        if widths is not None:
            ratios += [_ratio(abs(miss), width) for miss, width in zip(missed, widths, strict=True)]
    return ratios


def _ratio(miss: Decimal, width: Decimal) -> Decimal:
    if not miss:
        return Decimal(0)
    return miss / width if width else Decimal("Infinity")


def _quantile(ordered: Sequence[Decimal]) -> Decimal | None:
    """The conformal quantile of values in order; the largest when there are too few for it."""
    if not ordered:
        return None
    rank = int((TARGET * (len(ordered) + 1)).to_integral_value(ROUND_CEILING))
    return ordered[min(rank, len(ordered)) - 1]


def _uncalibrated(history: History, days: int) -> tuple[Decimal, ...]:
    """A guess for short histories: as if days were independent and normal."""
    flows = [later - earlier for earlier, later in zip(history.totals, history.totals[1:], strict=False)]
    mean = sum(flows, Decimal(0)) / len(flows)
    variance = sum(((flow - mean) ** 2 for flow in flows), Decimal(0)) / len(flows)
    return tuple(_NORMAL_80 * (variance * ahead).sqrt() for ahead in range(1, days + 1))
