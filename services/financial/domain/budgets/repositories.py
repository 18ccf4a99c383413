"""Ports of the budgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from services.financial.domain.budgets.alert import BudgetAlert
from services.financial.domain.budgets.budget import Budget, BudgetId
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.shared.application.unit_of_work import UnitOfWork
from services.shared.domain.ids import UserId


class BudgetRepository(Protocol):
    """Budgets and the alerts they gave."""

    async def get(self, user_id: UserId, category: Category, currency: str) -> Budget | None:
        """The person's budget for a category in a currency; in a unit of work that changes it, others wait."""
        ...

    async def list(self, user_id: UserId, currency: str) -> list[Budget]:
        """The person's budgets in a currency, by category."""
        ...

    async def save(self, budget: Budget) -> Budget:
        """Keep a budget, new or changed; one per category and currency, whose id it then has."""
        ...

    async def delete(self, budget_id: BudgetId) -> None:
        """Forget the budget and its alerts."""
        ...

    async def add_alert(self, alert: BudgetAlert) -> bool:
        """Keep an alert; False when there is one of that level for the month already."""
        ...

    async def forget_alerts(self, budget_id: BudgetId, since: Month) -> None:
        """Forget the alerts of a month and those after it, so that they can be given again."""
        ...

    async def alerts(self, user_id: UserId, limit: int) -> Sequence[BudgetAlert]:
        """The newest alerts."""
        ...


class BudgetsUnitOfWork(UnitOfWork, Protocol):
    """One transaction over the budgets."""

    budgets: BudgetRepository


BudgetsUnitOfWorkFactory = Callable[[], BudgetsUnitOfWork]
