"""What is said of budgets; see `application.views` for what holds of all figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from services.financial.application.views import LeftOutView
from services.financial.domain.budgets.alert import BudgetAlert
from services.financial.domain.budgets.status import BudgetStatus
from services.financial.domain.category import Category


@dataclass(frozen=True, slots=True)
class BudgetView:
    """A budget in one month; see the domain's BudgetStatus for what each figure means.

    `level` is ok, near or exceeded; `exceeds_at_this_pace` says that `projected` is more than what is available.
    """

    category: Category
    month: str
    since: str
    currency: str
    limit: Decimal
    carried_over: Decimal
    available: Decimal
    spent: Decimal
    remaining: Decimal
    used_percent: Decimal | None
    level: str
    projected: Decimal | None
    exceeds_at_this_pace: bool
    rollover: str
    alert_percent: int


@dataclass(frozen=True, slots=True)
class BudgetsView:
    """Every budget in one month, by category, and what was spent in categories without one.

    Totals are of the budgets listed. Records end on `as_of`: of the days after it nothing is known.
    """

    month: str
    as_of: date
    currency: str
    total_available: Decimal
    total_spent: Decimal
    total_remaining: Decimal
    spent_without_budget: Decimal
    budgets: tuple[BudgetView, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class BudgetHistoryView:
    """One budget month after month, oldest first; `limit` is the one that was set last, from `limit_from` on."""

    category: Category
    as_of: date
    currency: str
    since: str
    limit: Decimal
    limit_from: str
    rollover: str
    alert_percent: int
    months: tuple[BudgetView, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class BudgetAlertView:
    """An alert; the figures are of the moment it was given."""

    category: Category
    month: str
    level: str
    currency: str
    available: Decimal
    spent: Decimal
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class BudgetAlertsView:
    """Alerts, newest first."""

    alerts: tuple[BudgetAlertView, ...]


def budget_view(status: BudgetStatus) -> BudgetView:
    """How a status is shown."""
    budget, projected = status.budget, status.projected
    return BudgetView(
        category=budget.category,
        month=str(status.month),
        since=str(budget.first_month),
        currency=budget.currency,
        limit=status.limit.amount,
        carried_over=status.carried.amount,
        available=status.available.amount,
        spent=status.spent.amount,
        remaining=status.remaining.amount,
        used_percent=status.used_percent,
        level=status.level.value,
        projected=None if projected is None else projected.amount,
        exceeds_at_this_pace=projected is not None and status.available < projected,
        rollover=budget.rollover.value,
        alert_percent=budget.alert_percent,
    )


def alert_view(alert: BudgetAlert) -> BudgetAlertView:
    """How an alert is shown."""
    return BudgetAlertView(
        category=alert.category,
        month=str(alert.month),
        level=alert.level.value,
        currency=alert.spent.currency,
        available=alert.available.amount,
        spent=alert.spent.amount,
        raised_at=alert.raised_at,
    )
