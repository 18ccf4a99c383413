"""Statistics that a few wild values cannot move, exact in Decimal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

# Iglewicz and Hoaglin, "How to Detect and Handle Outliers" (ASQC, 1993), page 11: for normal data the expected MAD is
# 0.6745 standard deviations, and a modified z-score beyond 3.5 marks an outlier.
MAD_TO_SIGMA: Final = Decimal("0.6745")
OUTLIER_SCORE: Final = Decimal("3.5")
# The same, where the MAD is 0: the mean absolute deviation of normal data is 1 / 1.253314 standard deviations.
MEAN_DEVIATION_TO_SIGMA: Final = Decimal("1.253314")
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class RobustSpread:
    """The middle of some values and how far they usually lie from it.

    `mad` is the median of the distances from the median (median absolute deviation), `mean_deviation` their mean.
    """

    count: int
    median: Decimal
    mad: Decimal
    mean_deviation: Decimal

    def score(self, value: Decimal) -> Decimal | None:
        """The modified z-score: how many robust standard deviations a value lies above the median, 2 decimals.

        Iglewicz and Hoaglin (1993); with a MAD of 0 the mean absolute deviation stands in for it. None when all values
        are the same, for which no distance is usual.
        """
        distance = value - self.median
        if self.mad:
            return (MAD_TO_SIGMA * distance / self.mad).quantize(_HUNDREDTH, ROUND_HALF_EVEN)
        if self.mean_deviation:
            return (distance / (MEAN_DEVIATION_TO_SIGMA * self.mean_deviation)).quantize(_HUNDREDTH, ROUND_HALF_EVEN)
        return None


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value, or the mean of the two middle ones; ValueError without any."""
    if not values:
        raise ValueError("nothing has no median")
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def robust_spread(values: Sequence[Decimal]) -> RobustSpread:
    """Median, median absolute deviation and mean absolute deviation about the median; ValueError without values."""
    middle = median(values)
    distances = [abs(value - middle) for value in values]
    return RobustSpread(len(values), middle, median(distances), sum(distances, Decimal(0)) / len(distances))
