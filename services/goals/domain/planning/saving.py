"""Saving by the month: what it comes to, and how much it takes.

Months are counted from now; a contribution is made at the end of its month (an ordinary annuity). `factors` are the
monthly growth factors, one for each month, the first month first. With a step-up of g percent the contribution rises by
g percent after every twelve contributions.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

_HUNDRED = Decimal(100)
_TWELFTH = Decimal(1) / 12


@lru_cache(maxsize=4096)
def monthly_factor(annual_percent: Decimal) -> Decimal:
    """(1 + r)^(1/12): twelve months of it make the year's effective rate r.

    Source: S. Kellison, The Theory of Interest, on equivalent rates. A loss of everything or more is no rate.
    """
    return (1 + annual_percent / _HUNDRED) ** _TWELFTH


def grown(amount: Decimal, annual_percent: Decimal, months: int) -> Decimal:
    """amount x (1 + r)^(months / 12): compound growth, as for a price that rises by r percent a year."""
    return amount * (1 + annual_percent / _HUNDRED) ** (Decimal(months) / 12)


def contribution_weights(step_up_percent: Decimal, months: int, elapsed: int = 0) -> list[Decimal]:
    """Each month's contribution as a multiple of the first one ever.

    `elapsed` months of the schedule have passed: the month t from now, from 1, has the weight
    (1 + g)^floor((elapsed + t - 1) / 12).
    """
    step = 1 + step_up_percent / _HUNDRED
    weights: list[Decimal] = []
    weight = step ** (elapsed // 12)
    for month in range(elapsed, elapsed + months):
        if month > elapsed and month % 12 == 0:
            weight *= step
        weights.append(weight)
    return weights


def future_value(
    saved: Decimal, monthly: Decimal, factors: Sequence[Decimal], weights: Sequence[Decimal] | None = None
) -> Decimal:
    """What is saved and what is added come to: month by month, value = value x factor + contribution.

    With one factor f and no step-up it equals saved x f^n + monthly x (f^n - 1) / (f - 1).
    Source: Kellison, on accumulated values of annuities.
    """
    value = saved
    for month, factor in enumerate(factors):
        value = value * factor + (monthly if weights is None else monthly * weights[month])
    return value


def unit_value(factors: Sequence[Decimal], weights: Sequence[Decimal]) -> Decimal:
    """What a contribution of 1, stepped up by the weights, comes to: the divisor of `required_monthly`."""
    return future_value(Decimal(0), Decimal(1), factors, weights)


def required_monthly(
    target: Decimal, saved: Decimal, factors: Sequence[Decimal], weights: Sequence[Decimal]
) -> Decimal:
    """The first contribution with which savings come to exactly the target; 0 when they do without.

    (target - saved x product of factors) / unit_value. Without a month left, it is all that is missing.
    """
    gap = target - future_value(saved, Decimal(0), factors)
    if gap <= 0:
        return Decimal(0)
    return gap / unit_value(factors, weights) if factors else gap


def required_lump_sum(target: Decimal, saved: Decimal, factors: Sequence[Decimal]) -> Decimal:
    """What would have to be added today, once, to come to the target without any further contribution."""
    whole = future_value(Decimal(1), Decimal(0), factors)
    return max(target / whole - saved, Decimal(0))
