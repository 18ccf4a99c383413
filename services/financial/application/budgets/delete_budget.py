"""Command: give a budget up."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.domain.budgets.errors import BudgetNotFoundError
from services.financial.domain.budgets.events import BudgetDeleted
from services.financial.domain.budgets.repositories import BudgetsUnitOfWorkFactory
from services.financial.domain.category import Category
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteBudgetRequest:
    """Which budget."""

    user_id: UserId
    category: Category
    currency: str = "INR"


class DeleteBudget:
    """Forgets the budget with its past limits and its alerts."""

    def __init__(self, unit_of_work: BudgetsUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: DeleteBudgetRequest) -> None:
        """BudgetNotFoundError when there is none."""
        async with self._unit_of_work() as unit:
            budget = await unit.budgets.get(request.user_id, request.category, request.currency)
            if budget is None:
                raise BudgetNotFoundError(request.category)
            await unit.budgets.delete(budget.id)
            unit.record(BudgetDeleted(user_id=request.user_id, budget_id=budget.id, category=budget.category))
            await unit.commit()
