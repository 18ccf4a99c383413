"""How a budget stands in a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from typing import Final

from services.financial.domain.budgets.budget import Budget, Rollover
from services.financial.domain.period import Month
from services.shared.domain.money import Money

_TENTH: Final = Decimal("0.1")


class Level(StrEnum):
    """`near` from the budget's alert percentage on, `exceeded` above all that is available."""

    OK = "ok"
    NEAR = "near"
    EXCEEDED = "exceeded"


@dataclass(frozen=True, slots=True)
class BudgetStatus:
    """One month of a budget.

    `available` is the limit and what was carried over (which overspending makes negative), `remaining` what is left of
    it. `used_percent` is of what is available, with one decimal; None when nothing is. `projected` is what the month
    comes to if spending goes on at the pace of its days so far; None for a month that has not begun.
    """

    budget: Budget
    month: Month
    limit: Money
    carried: Money
    spent: Money
    projected: Money | None

    @property
    def available(self) -> Money:
        """What may be spent in the month."""
        return self.limit + self.carried

    @property
    def remaining(self) -> Money:
        """What is left of it; negative when overspent."""
        return self.available - self.spent

    @property
    def used_percent(self) -> Decimal | None:
        """Spent of available."""
        if self.available.amount <= 0:
            return None
        return (self.spent.amount * 100 / self.available.amount).quantize(_TENTH, ROUND_HALF_EVEN)

    @property
    def level(self) -> Level:
        """Whether an alert is due."""
        if self.available < self.spent:
            return Level.EXCEEDED
        alert_at = self.available.amount * self.budget.alert_percent / 100
        return Level.NEAR if self.spent.amount > 0 and self.spent.amount >= alert_at else Level.OK


def budget_status(
    budget: Budget, spent: Mapping[Month, Money], month: Month, as_of: date | None = None
) -> BudgetStatus | None:
    """The month's status; None before the budget's first month.

    `spent` has what went out for the category, refunds taken off, in each month from the budget's first on; a month
    that is missing had none. The rest of each month is carried into the next as the budget says, month after month, as
    in envelope budgeting. Spending is projected from the part of the month that is over on `as_of`.
    """
    zero = Money.zero(budget.currency)
    carried, at = zero, budget.first_month
    while at < month:
        rest = (budget.limit_in(at) or zero) + carried - spent.get(at, zero)
        carried = _carried(rest, budget.rollover)
        at = at.next()
    limit = budget.limit_in(month)
    if limit is None:
        return None
    here = spent.get(month, zero)
    return BudgetStatus(budget, month, limit, carried, here, _projected(here, month, as_of))


def _carried(rest: Money, rollover: Rollover) -> Money:
    zero = Money.zero(rest.currency)
    match rollover:
        case Rollover.NONE:
            return zero
        case Rollover.UNUSED:
            return max(rest, zero)
        case Rollover.ALL:
            return rest


def _projected(spent: Money, month: Month, as_of: date | None) -> Money | None:
    if as_of is None or as_of >= month.last:
        return spent
    if as_of < month.first:
        return None
    return Money(spent.amount * month.last.day / as_of.day, spent.currency)
