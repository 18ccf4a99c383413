"""Command: look at a person's budgets, and give the alerts that are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.financial.application.analysis.readers import TotalsReader
from services.financial.application.budgets.spent import Spent, spent_until
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import recorded_or_today
from services.financial.domain.budgets.alert import BudgetAlert
from services.financial.domain.budgets.budget import Budget
from services.financial.domain.budgets.repositories import BudgetsUnitOfWorkFactory
from services.financial.domain.budgets.status import budget_status
from services.financial.domain.period import Month
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId

# The month of the newest record and the two before it: statements come late, and refunds later.
_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseBudgetAlertsRequest:
    """Whose budgets."""

    user_id: UserId
    currency: str = "INR"


class RaiseBudgetAlerts:
    """Keeps each alert once for its month and level, and tells of it; running it again gives nothing twice."""

    def __init__(
        self, unit_of_work: BudgetsUnitOfWorkFactory, finance: FinanceReader, totals: TotalsReader, clock: Clock
    ) -> None:
        self._unit_of_work = unit_of_work
        self._finance = finance
        self._totals = totals
        self._clock = clock

    async def __call__(self, request: RaiseBudgetAlertsRequest) -> int:
        """How many alerts were new."""
        async with self._unit_of_work() as unit:
            budgets = await unit.budgets.list(request.user_id, request.currency)
        if not budgets:
            return 0
        newest = Month.of((await recorded_or_today(self._finance, self._clock, request.user_id)).end)
        spent = await spent_until(self._totals, request.user_id, budgets, newest, request.currency)
        raised = 0
        async with self._unit_of_work() as unit:
            # Only budgets that are still there: an alert of one that was deleted meanwhile would have nothing to hold.
            current = {budget.id for budget in await unit.budgets.list(request.user_id, request.currency)}
            for alert in self._due([budget for budget in budgets if budget.id in current], spent, newest):
                if await unit.budgets.add_alert(alert):
                    unit.record(alert.event())
                    raised += 1
            await unit.commit()
        return raised

    def _due(self, budgets: list[Budget], spent: Spent, newest: Month) -> Iterator[BudgetAlert]:
        for budget in budgets:
            for back in reversed(range(_MONTHS)):
                month = newest.plus(-back)
                status = budget_status(budget, spent.of(budget.category), month)
                alert = BudgetAlert.of(status, self._clock.now()) if status else None
                if alert is not None:
                    yield alert
