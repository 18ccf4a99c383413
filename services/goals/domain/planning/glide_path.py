"""How the money for a goal is spread over asset classes, by the years that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from services.shared.domain.errors import NiveshError

Mix = Mapping[str, Decimal]
"""Share by asset class, in percent: they sum to 100, or to 0 where nothing is invested."""


@dataclass(frozen=True, slots=True)
class GlidePoint:
    """The spread with this many whole years left."""

    years_left: int
    mix: Mix


@dataclass(frozen=True, slots=True)
class GlidePath:
    """Points from the goal's day backwards, by rising `years_left`. `about` says in words what it does."""

    name: str
    about: str
    points: tuple[GlidePoint, ...]

    def __post_init__(self) -> None:
        years = [point.years_left for point in self.points]
        if not years or years[0] != 0 or years != sorted(set(years)):
            raise NiveshError(f"The glide path '{self.name}' must have rising years_left from 0 on.")

    def mix(self, years_left: int) -> Mix:
        """The spread with so many whole years left: interpolated between points, constant beyond the last."""
        later = next((point for point in self.points if point.years_left >= years_left), self.points[-1])
        if later.years_left <= years_left:
            return later.mix
        earlier = self.points[self.points.index(later) - 1]
        part = Decimal(years_left - earlier.years_left) / (later.years_left - earlier.years_left)
        return {asset: share + (later.mix[asset] - share) * part for asset, share in earlier.mix.items()}


T = TypeVar("T")


def by_month(by_years_left: Sequence[T], months: int) -> tuple[T, ...]:
    """What holds with so many whole years left, month by month from the first month to come.

    In the month that has m months after it, floor(m / 12) whole years are left.
    """
    return tuple(by_years_left[after // 12] for after in range(months - 1, -1, -1))
