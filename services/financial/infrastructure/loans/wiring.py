"""Names the adapters of loans."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.loans.calculate_loan import CalculateLoan
from services.financial.application.loans.calculate_prepayment import CalculatePrepayment
from services.financial.application.loans.list_loans import ListLoans
from services.financial.application.loans.set_loan_terms import SetLoanTerms
from services.financial.application.loans.use_cases import LoanUseCases
from services.financial.application.readers import FinanceReader
from services.financial.domain.loans.repositories import LoansUnitOfWork
from services.financial.infrastructure.loans.loan_store import PostgresLoanReader, PostgresLoansUnitOfWork
from services.shared.domain.clock import Clock


def build_loans(engine: AsyncEngine, finance: FinanceReader, clock: Clock) -> LoanUseCases:
    """Every command and query over loans."""
    reader = PostgresLoanReader(engine)

    def unit_of_work() -> LoansUnitOfWork:
        return PostgresLoansUnitOfWork(engine)

    return LoanUseCases(
        calculate_loan=CalculateLoan(reader, clock),
        calculate_prepayment=CalculatePrepayment(reader, clock),
        set_loan_terms=SetLoanTerms(unit_of_work, clock),
        list_loans=ListLoans(reader, finance, clock),
    )
