"""What a spread of money is assumed to return, and how much that swings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from services.goals.domain.planning.assumptions import AssetClass, Assumptions
from services.goals.domain.planning.glide_path import GlidePath, Mix, by_month

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Growth:
    """Mean and standard deviation of one year's return, percent."""

    expected_percent: Decimal
    volatility_percent: Decimal


NO_GROWTH = Growth(Decimal(0), Decimal(0))


def growth_of(mix: Mix, assumptions: Assumptions) -> Growth:
    """Mean: sum of w_i m_i. Variance: sum over i and j of w_i w_j s_i s_j r_ij.

    Source: H. Markowitz, Portfolio Selection, The Journal of Finance 7 (1952). The spread is taken as restored all the
    time.
    """
    shares = {asset: mix[asset] / _HUNDRED for asset in AssetClass if mix[asset]}
    expected = sum((share * assumptions.expected_return(asset) for asset, share in shares.items()), Decimal(0))
    swings = {asset: share * assumptions.volatility(asset) for asset, share in shares.items()}
    variance = sum(
        (
            swing * other_swing * assumptions.correlation(asset, other)
            for asset, swing in swings.items()
            for other, other_swing in swings.items()
        ),
        Decimal(0),
    )
    return Growth(expected, max(variance, Decimal(0)).sqrt())


def growth_path(glide_path: GlidePath, months: int, assumptions: Assumptions) -> tuple[Growth, ...]:
    """The growth in each month to come, as the spread follows the glide path."""
    years = [growth_of(glide_path.mix(left), assumptions) for left in range(-(-months // 12))]
    return by_month(years, months)
