"""The unit of work of the budgets on PostgreSQL."""

from __future__ import annotations

from typing import Self

from services.financial.domain.budgets.repositories import BudgetRepository
from services.financial.infrastructure.budgets.repository import PostgresBudgetRepository
from services.financial.infrastructure.caching.counting_unit_of_work import PostgresCountingUnitOfWork


class PostgresBudgetsUnitOfWork(PostgresCountingUnitOfWork):
    """Implements BudgetsUnitOfWork."""

    budgets: BudgetRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.budgets = PostgresBudgetRepository(self.connection)
        return self
