"""Names the adapters of investments."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.investments.record_holdings import RecordHoldings
from services.financial.application.investments.record_investment_transactions import RecordInvestmentTransactions
from services.financial.application.investments.use_cases import InvestmentUseCases
from services.financial.domain.investments.repositories import InvestmentsUnitOfWork
from services.financial.infrastructure.investments.unit_of_work import PostgresInvestmentsUnitOfWork
from services.shared.domain.clock import Clock


def build_investments(engine: AsyncEngine, clock: Clock) -> InvestmentUseCases:
    """Every command and query over investments."""

    def unit_of_work() -> InvestmentsUnitOfWork:
        return PostgresInvestmentsUnitOfWork(engine)

    return InvestmentUseCases(
        record_investment_transactions=RecordInvestmentTransactions(unit_of_work, clock),
        record_holdings=RecordHoldings(unit_of_work, clock),
    )
