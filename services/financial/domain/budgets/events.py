"""What happens to budgets, on the topic `financial`."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.domain.budgets.budget import BudgetId, Rollover
from services.financial.domain.category import Category
from services.financial.domain.events import FinancialEvent
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetSet(FinancialEvent):
    """A person set a budget, or changed it from a month on."""

    budget_id: BudgetId
    category: Category
    month: str
    amount: Money
    rollover: Rollover


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetDeleted(FinancialEvent):
    """A person gave a budget up."""

    budget_id: BudgetId
    category: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetEvent(FinancialEvent):
    """Base of what spending does to a budget; `month` is written 2026-10."""

    budget_id: BudgetId
    category: Category
    month: str
    available: Money
    spent: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetNearlySpent(BudgetEvent):
    """Spending reached the budget's alert percentage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetExceeded(BudgetEvent):
    """More was spent than was available."""
