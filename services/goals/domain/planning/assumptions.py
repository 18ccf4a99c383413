"""What plans assume of the future: returns, volatilities, prices, how money is spread, how long people live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.goals.domain.goal import GoalType
from services.goals.domain.planning.glide_path import GlidePath
from services.shared.domain.errors import InvalidInputError

MAX_DECIMALS: Final = 2


class AssetClass(StrEnum):
    """Kinds of investment that a plan distinguishes."""

    EQUITY = "equity"
    DEBT = "debt"
    GOLD = "gold"
    CASH = "cash"


@dataclass(frozen=True, slots=True)
class Figure:
    """One assumption. `least` and `most` bound what a person may put in its place; `personal` says that one did."""

    name: str
    value: Decimal
    source: str
    least: Decimal
    most: Decimal
    personal: bool = False


@dataclass(frozen=True, slots=True)
class GoalTypeAssumption:
    """Which glide path and which inflation figure a type of goal goes by."""

    glide_path: str
    inflation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """All assumptions under one version. Percentages are of one year; see the data file for what they mean."""

    version: str
    as_of: date
    figures: Mapping[str, Figure]
    correlations: Mapping[tuple[AssetClass, AssetClass], Decimal]
    glide_paths: Mapping[str, GlidePath]
    goal_types: Mapping[GoalType, GoalTypeAssumption]

    def expected_return(self, asset: AssetClass) -> Decimal:
        """Mean of one year's return, percent."""
        return self.figures[f"{asset}.expected_return_percent"].value

    def volatility(self, asset: AssetClass) -> Decimal:
        """Standard deviation of one year's return, percent."""
        return self.figures[f"{asset}.volatility_percent"].value

    def correlation(self, one: AssetClass, other: AssetClass) -> Decimal:
        """Correlation of two classes' yearly returns, -1 to 1."""
        return Decimal(1) if one is other else self.correlations[_pair(one, other)]

    def inflation_of(self, goal_type: GoalType) -> Figure:
        """How fast the price of such a goal rises."""
        return self.figures[self.goal_types[goal_type].inflation]

    def glide_path_of(self, goal_type: GoalType) -> GlidePath:
        """How the money for such a goal is spread, by years left."""
        return self.glide_paths[self.goal_types[goal_type].glide_path]

    @property
    def personal(self) -> dict[str, Decimal]:
        """The figures that the person replaced."""
        return {name: figure.value for name, figure in self.figures.items() if figure.personal}

    def with_personal(self, values: Mapping[str, Decimal]) -> Assumptions:
        """These assumptions with a person's own figures; InvalidInputError for a name or a value that cannot be."""
        own = {name: replace(self._figure(name), value=_checked(self._figure(name), v)) for name, v in values.items()}
        return replace(self, figures={**self.figures, **{n: replace(f, personal=True) for n, f in own.items()}})

    def require(self, names: Iterable[str]) -> None:
        """InvalidInputError for a name that no figure has."""
        for name in names:
            self._figure(name)

    def _figure(self, name: str) -> Figure:
        figure = self.figures.get(name)
        if figure is None:
            raise InvalidInputError(
                f"There is no assumption '{name[:60]}'. There are: {', '.join(sorted(self.figures))}."
            )
        return figure


def _checked(figure: Figure, value: Decimal) -> Decimal:
    if not value.is_finite() or not figure.least <= value <= figure.most:
        raise InvalidInputError(f"{figure.name} must be from {figure.least} to {figure.most}.")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MAX_DECIMALS:
        raise InvalidInputError(f"{figure.name} may have at most {MAX_DECIMALS} decimal places.")
    if not figure.name.endswith("_percent") and value != value.to_integral_value():
        raise InvalidInputError(f"{figure.name} must be a whole number.")
    return value


def _pair(one: AssetClass, other: AssetClass) -> tuple[AssetClass, AssetClass]:
    order = list(AssetClass)
    return (one, other) if order.index(one) < order.index(other) else (other, one)
