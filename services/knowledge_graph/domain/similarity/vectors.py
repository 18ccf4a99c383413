"""What two people are compared by: shares of spending and of goals, as whole numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

WHOLE: Final = 10_000
"""Shares are ten-thousandths."""

LEAST_MONTHS: Final = 3
SPENDING_WEIGHT: Final = 7
GOALS_WEIGHT: Final = 3
_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Vectors:
    """Shares of spending by category in the last year, and of goals by type, each summing up to about WHOLE or empty.

    `months` is how many months have any spending; below LEAST_MONTHS nothing is compared.
    """

    spending: Mapping[str, int]
    goals: Mapping[str, int]
    months: int = 0

    @property
    def comparable(self) -> bool:
        """Whether there is enough to compare."""
        return self.months >= LEAST_MONTHS and bool(self.spending)


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two people are, in percent, and the spending categories that make them so, the strongest first.

    `goals_percent` is None when one of them has no goal; `score_percent` is then that of spending.
    """

    score_percent: int
    spending_percent: int
    goals_percent: int | None
    reasons: tuple[str, ...]


def shares(amounts: Mapping[str, int]) -> dict[str, int]:
    """Each amount's share of all, in ten-thousandths rounded down; what is not above 0 is left out."""
    positive = {name: amount for name, amount in amounts.items() if amount > 0}
    whole = sum(positive.values())
    return {name: WHOLE * amount // whole for name, amount in sorted(positive.items()) if WHOLE * amount >= whole}


def cosine_percent(left: Mapping[str, int], right: Mapping[str, int]) -> int:
    """The cosine of the angle between two vectors without negative parts, in whole percent rounded down.

    The cosine similarity of Salton and McGill, Introduction to Modern Information Retrieval (1983), in integers.
    """
    dot = sum(amount * right.get(name, 0) for name, amount in left.items())
    norms = sum(amount * amount for amount in left.values()) * sum(amount * amount for amount in right.values())
    return math.isqrt(WHOLE * dot * dot // norms) if norms else 0


def compare(left: Vectors, right: Vectors) -> Similarity:
    """Seven parts spending, three parts goals; the same whichever comes first."""
    spending = cosine_percent(left.spending, right.spending)
    goals = cosine_percent(left.goals, right.goals) if left.goals and right.goals else None
    score = spending
    if goals is not None:
        score = (SPENDING_WEIGHT * spending + GOALS_WEIGHT * goals) // (SPENDING_WEIGHT + GOALS_WEIGHT)
    products = {name: amount * right.spending.get(name, 0) for name, amount in left.spending.items()}
    strongest = sorted((name for name in products if products[name]), key=lambda name: (-products[name], name))
    return Similarity(score, spending, goals, tuple(strongest[:_REASONS]))
