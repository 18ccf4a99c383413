"""Query: the alerts that budgets gave."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.budgets.views import BudgetAlertsView, alert_view
from services.financial.application.record_span import require_between
from services.financial.domain.budgets.repositories import BudgetsUnitOfWorkFactory
from services.shared.domain.ids import UserId

MAX_ALERTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBudgetAlertsRequest:
    """The newest `limit` (1 to 200)."""

    user_id: UserId
    limit: int = 50


class ListBudgetAlerts:
    """Answers with alerts, newest first."""

    def __init__(self, unit_of_work: BudgetsUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: ListBudgetAlertsRequest) -> BudgetAlertsView:
        """The alerts of budgets that still exist."""
        require_between("limit", request.limit, 1, MAX_ALERTS)
        async with self._unit_of_work() as unit:
            alerts = await unit.budgets.alerts(request.user_id, request.limit)
        return BudgetAlertsView(tuple(alert_view(alert) for alert in alerts))
