"""Query: one budget, month after month."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.analysis.readers import TotalsReader
from services.financial.application.budgets.spent import spent_until
from services.financial.application.budgets.views import BudgetHistoryView, budget_view
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today, require_between
from services.financial.domain.budgets.errors import BudgetNotFoundError
from services.financial.domain.budgets.repositories import BudgetsUnitOfWorkFactory
from services.financial.domain.budgets.status import budget_status
from services.financial.domain.category import Category
from services.financial.domain.period import Month, Period
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId

MAX_MONTHS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class GetBudgetRequest:
    """The last `months` (1 to 120) up to `until`, which is the newest record's month when None."""

    user_id: UserId
    category: Category
    months: int = 12
    until: Month | None = None
    currency: str = "INR"


class GetBudget:
    """Answers with the budget's months."""

    def __init__(
        self, unit_of_work: BudgetsUnitOfWorkFactory, finance: FinanceReader, totals: TotalsReader, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._finance = finance
        self._totals = totals
        self._clock = clock

    async def __call__(self, request: GetBudgetRequest) -> BudgetHistoryView:
        """The months from the budget's first on; none when it begins later. BudgetNotFoundError without a budget."""
        require_between("months", request.months, 1, MAX_MONTHS)
        user_id, currency = request.user_id, request.currency
        span = await recorded_or_today(self._finance, self._clock, user_id)
        last = request.until or Month.of(span.end)
        async with self._unit_of_work() as unit:
            budget = await unit.budgets.get(user_id, request.category, currency)
        if budget is None:
            raise BudgetNotFoundError(request.category)
        spent = await spent_until(self._totals, user_id, [budget], last, currency)
        first = max(last.plus(1 - request.months), budget.first_month)
        months = list(Period(first.first, last.first).months()) if first <= last else []
        statuses = (budget_status(budget, spent.of(budget.category), month, span.end) for month in months)
        return BudgetHistoryView(
            category=budget.category,
            as_of=span.end,
            currency=currency,
            since=str(budget.first_month),
            limit=budget.limits[-1].amount.amount,
            limit_from=str(budget.limits[-1].month),
            rollover=budget.rollover.value,
            alert_percent=budget.alert_percent,
            months=tuple(budget_view(status) for status in statuses if status is not None),
            left_out=left_out(await self._finance.standings(user_id), currency),
        )
