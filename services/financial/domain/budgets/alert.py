"""Alerts: a budget came near its limit, or over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from services.financial.domain.budgets.budget import BudgetId
from services.financial.domain.budgets.events import BudgetEvent, BudgetExceeded, BudgetNearlySpent
from services.financial.domain.budgets.status import BudgetStatus, Level
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.shared.domain.ids import UserId, new_uuid
from services.shared.domain.money import Money

AlertId = NewType("AlertId", UUID)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetAlert:
    """What was found, once for each level of a month; `spent` and `available` are of that moment."""

    id: AlertId
    user_id: UserId
    budget_id: BudgetId
    category: Category
    month: Month
    level: Level
    available: Money
    spent: Money
    raised_at: datetime

    @classmethod
    def of(cls, status: BudgetStatus, now: datetime) -> BudgetAlert | None:
        """The alert that a status calls for; None while it is well."""
        if status.level is Level.OK:
            return None
        return cls(
            id=AlertId(new_uuid()),
            user_id=status.budget.user_id,
            budget_id=status.budget.id,
            category=status.budget.category,
            month=status.month,
            level=status.level,
            available=status.available,
            spent=status.spent,
            raised_at=now,
        )

    def event(self) -> BudgetEvent:
        """What the others are told."""
        kind = BudgetExceeded if self.level is Level.EXCEEDED else BudgetNearlySpent
        return kind(
            user_id=self.user_id,
            budget_id=self.budget_id,
            category=self.category,
            month=str(self.month),
            available=self.available,
            spent=self.spent,
        )
