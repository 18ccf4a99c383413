"""The financial unit of work on PostgreSQL."""

from __future__ import annotations

from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.domain.records.repositories import HistoryRepository, OwnCategoryRepository
from services.financial.domain.repositories import (
    AccountRepository,
    CategoryRuleRepository,
    ImportRepository,
    TransactionRepository,
)
from services.financial.infrastructure.account_repository import PostgresAccountRepository
from services.financial.infrastructure.caching.counting_unit_of_work import PostgresCountingUnitOfWork
from services.financial.infrastructure.category_rule_repository import PostgresCategoryRuleRepository
from services.financial.infrastructure.import_repository import PostgresImportRepository
from services.financial.infrastructure.recorded_transactions import RecordedTransactions
from services.financial.infrastructure.records.history_repository import PostgresHistoryRepository
from services.financial.infrastructure.records.own_category_repository import PostgresOwnCategoryRepository
from services.financial.infrastructure.transaction_repository import PostgresTransactionRepository


class PostgresFinancialUnitOfWork(PostgresCountingUnitOfWork):
    """Implements FinancialUnitOfWork: the repositories share its connection.

    Whatever adds or changes transactions, the commit tells the others of them.
    """

    accounts: AccountRepository
    transactions: TransactionRepository
    imports: ImportRepository
    category_rules: CategoryRuleRepository
    own_categories: OwnCategoryRepository
    history: HistoryRepository

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self._recorded = RecordedTransactions()

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.accounts = PostgresAccountRepository(self.connection, self._changed.add)
        self.transactions = PostgresTransactionRepository(self.connection, self._recorded.add)
        self.imports = PostgresImportRepository(self.connection)
        self.category_rules = PostgresCategoryRuleRepository(self.connection)
        self.own_categories = PostgresOwnCategoryRepository(self.connection, self._recorded.add)
        self.history = PostgresHistoryRepository(self.connection)
        return self

    async def commit(self) -> None:
        """Tell of the transactions as well, and commit everything."""
        for event in self._recorded.take():
            self.record(event)
        await super().commit()
