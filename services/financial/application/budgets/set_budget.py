"""Command: set a budget, or change it from a month on."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.budgets.get_budget import GetBudget, GetBudgetRequest
from services.financial.application.budgets.spent import require_near
from services.financial.application.budgets.views import BudgetView
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import recorded_or_today
from services.financial.domain.budgets.budget import Budget, BudgetLimit, Rollover
from services.financial.domain.budgets.events import BudgetSet
from services.financial.domain.budgets.repositories import BudgetsUnitOfWorkFactory
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBudgetRequest:
    """`amount` for each month from `month` on (the newest record's when None); at most ten years away from it.

    `rollover` and `alert_percent` stay as they are when None; a new budget has no rollover and alerts at 80 percent.
    """

    user_id: UserId
    category: Category
    amount: Money
    month: Month | None = None
    rollover: Rollover | None = None
    alert_percent: int | None = None


class SetBudget:
    """Keeps the budget; earlier months keep their limit, alerts of the months that change can be given anew."""

    def __init__(
        self, unit_of_work: BudgetsUnitOfWorkFactory, finance: FinanceReader, get_budget: GetBudget, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._finance = finance
        self._get_budget = get_budget
        self._clock = clock

    async def __call__(self, request: SetBudgetRequest) -> BudgetView:
        """How the budget stands in the month from which it holds."""
        month = await self.first_month(request)
        async with self._unit_of_work() as unit:
            known = await unit.budgets.get(request.user_id, request.category, request.amount.currency)
            budget = self._changed(known, request, month)
            budget = await unit.budgets.save(budget)
            await unit.budgets.forget_alerts(budget.id, month)
            unit.record(
                BudgetSet(
                    user_id=request.user_id,
                    budget_id=budget.id,
                    category=budget.category,
                    month=str(month),
                    amount=request.amount,
                    rollover=budget.rollover,
                )
            )
            await unit.commit()
        shown = await self._get_budget(
            GetBudgetRequest(
                user_id=request.user_id,
                category=request.category,
                months=1,
                until=month,
                currency=request.amount.currency,
            )
        )
        return shown.months[-1]

    async def first_month(self, request: SetBudgetRequest) -> Month:
        """The month from which the request holds; InvalidInputError when the request can never be kept."""
        newest = Month.of((await recorded_or_today(self._finance, self._clock, request.user_id)).end)
        month = request.month or newest
        require_near(month, newest)
        self._changed(None, request, month)
        return month

    def _changed(self, known: Budget | None, request: SetBudgetRequest, month: Month) -> Budget:
        limit = BudgetLimit(month, request.amount)
        if known is not None:
            return known.changed(limit, request.rollover, request.alert_percent)
        return Budget.start(
            user_id=request.user_id,
            category=request.category,
            limit=limit,
            rollover=request.rollover,
            alert_percent=request.alert_percent,
            now=self._clock.now(),
        )
