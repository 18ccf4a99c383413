"""Consumer: whatever happens to a person's records, their budgets are looked at."""

from __future__ import annotations

from typing import Final

from services.financial.application.budgets.raise_budget_alerts import RaiseBudgetAlerts, RaiseBudgetAlertsRequest
from services.financial.domain.budgets.events import BudgetDeleted, BudgetExceeded, BudgetNearlySpent
from services.financial.domain.events import FinancialEvent
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import UserId

# What an alert itself tells, and what can call for none.
_PASSED_OVER: Final = frozenset(kind.__name__ for kind in (BudgetExceeded, BudgetNearlySpent, BudgetDeleted))


class WatchBudgets:
    """Implements EventHandler. Repeated events give no second alert."""

    consumer: Final = "financial.budget_alerts"
    topics: Final = frozenset({FinancialEvent.topic})
    names: Final = None

    def __init__(self, raise_alerts: RaiseBudgetAlerts) -> None:
        self._raise_alerts = raise_alerts

    async def handle(self, record: EventRecord) -> None:
        """Give the alerts that are due now."""
        if record.name not in _PASSED_OVER:
            await self._raise_alerts(RaiseBudgetAlertsRequest(user_id=UserId(record.user_id)))
