"""The unit of work of investments on PostgreSQL."""

from __future__ import annotations

from typing import Self

from services.financial.domain.investments.repositories import (
    InstrumentRepository,
    InvestmentRepository,
    TargetAllocationRepository,
)
from services.financial.domain.repositories import AccountRepository
from services.financial.infrastructure.account_repository import PostgresAccountRepository
from services.financial.infrastructure.caching.counting_unit_of_work import PostgresCountingUnitOfWork
from services.financial.infrastructure.investments.repositories import (
    PostgresInstrumentRepository,
    PostgresInvestmentRepository,
    PostgresTargetAllocationRepository,
)


class PostgresInvestmentsUnitOfWork(PostgresCountingUnitOfWork):
    """Implements InvestmentsUnitOfWork: the repositories share its connection."""

    accounts: AccountRepository
    instruments: InstrumentRepository
    investments: InvestmentRepository
    targets: TargetAllocationRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.accounts = PostgresAccountRepository(self.connection)
        self.instruments = PostgresInstrumentRepository(self.connection)
        self.investments = PostgresInvestmentRepository(self.connection)
        self.targets = PostgresTargetAllocationRepository(self.connection)
        return self
