"""Names the adapters of the budgets."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.budgets.delete_budget import DeleteBudget
from services.financial.application.budgets.get_budget import GetBudget
from services.financial.application.budgets.get_budgets import GetBudgets
from services.financial.application.budgets.list_budget_alerts import ListBudgetAlerts
from services.financial.application.budgets.raise_budget_alerts import RaiseBudgetAlerts
from services.financial.application.budgets.set_budget import SetBudget
from services.financial.application.budgets.use_cases import BudgetUseCases
from services.financial.application.readers import FinanceReader
from services.financial.domain.budgets.repositories import BudgetsUnitOfWork
from services.financial.infrastructure.analysis.totals_reader import PostgresTotalsReader
from services.financial.infrastructure.budgets.unit_of_work import PostgresBudgetsUnitOfWork
from services.shared.domain.clock import Clock


def build_budgets(engine: AsyncEngine, finance: FinanceReader, clock: Clock) -> BudgetUseCases:
    """Every command and query over budgets."""
    totals = PostgresTotalsReader(engine)

    def unit_of_work() -> BudgetsUnitOfWork:
        return PostgresBudgetsUnitOfWork(engine)

    get_budget = GetBudget(unit_of_work, finance, totals, clock)
    return BudgetUseCases(
        set_budget=SetBudget(unit_of_work, finance, get_budget, clock),
        delete_budget=DeleteBudget(unit_of_work),
        get_budgets=GetBudgets(unit_of_work, finance, totals, clock),
        get_budget=get_budget,
        list_alerts=ListBudgetAlerts(unit_of_work),
        raise_alerts=RaiseBudgetAlerts(unit_of_work, finance, totals, clock),
    )
