"""Everything that the financial context does about budgets."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.budgets.delete_budget import DeleteBudget
from services.financial.application.budgets.get_budget import GetBudget
from services.financial.application.budgets.get_budgets import GetBudgets
from services.financial.application.budgets.list_budget_alerts import ListBudgetAlerts
from services.financial.application.budgets.raise_budget_alerts import RaiseBudgetAlerts
from services.financial.application.budgets.set_budget import SetBudget


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetUseCases:
    """One instance of every command and query."""

    set_budget: SetBudget
    delete_budget: DeleteBudget
    get_budgets: GetBudgets
    get_budget: GetBudget
    list_alerts: ListBudgetAlerts
    raise_alerts: RaiseBudgetAlerts
