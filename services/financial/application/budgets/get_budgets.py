"""Query: every budget in one month."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.analysis.readers import TotalsReader
from services.financial.application.budgets.spent import require_near, spent_until
from services.financial.application.budgets.views import BudgetsView, budget_view
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today
from services.financial.domain.budgets.repositories import BudgetsUnitOfWorkFactory
from services.financial.domain.budgets.status import budget_status
from services.financial.domain.period import Month
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class GetBudgetsRequest:
    """One month; that of the newest record when None."""

    user_id: UserId
    month: Month | None = None
    currency: str = "INR"


class GetBudgets:
    """Answers with what each budget allows, what was spent of it, and what is left."""

    def __init__(
        self, unit_of_work: BudgetsUnitOfWorkFactory, finance: FinanceReader, totals: TotalsReader, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._finance = finance
        self._totals = totals
        self._clock = clock

    async def __call__(self, request: GetBudgetsRequest) -> BudgetsView:
        """The budgets that had begun by the month, which lies within ten years of the newest record."""
        user_id, currency = request.user_id, request.currency
        span = await recorded_or_today(self._finance, self._clock, user_id)
        newest = Month.of(span.end)
        month = request.month or newest
        require_near(month, newest)
        async with self._unit_of_work() as unit:
            budgets = await unit.budgets.list(user_id, currency)
        spent = await spent_until(self._totals, user_id, budgets, month, currency)
        found = (budget_status(budget, spent.of(budget.category), month, span.end) for budget in budgets)
        statuses = [status for status in found if status is not None]
        budgeted = {status.budget.category for status in statuses}
        without = (months.get(month) for category, months in spent.by_category.items() if category not in budgeted)
        available = Money.total((status.available for status in statuses), currency)
        used = Money.total((status.spent for status in statuses), currency)
        return BudgetsView(
            month=str(month),
            as_of=span.end,
            currency=currency,
            total_available=available.amount,
            total_spent=used.amount,
            total_remaining=(available - used).amount,
            spent_without_budget=Money.total((amount for amount in without if amount is not None), currency).amount,
            budgets=tuple(budget_view(status) for status in statuses),
            left_out=left_out(await self._finance.standings(user_id), currency),
        )
