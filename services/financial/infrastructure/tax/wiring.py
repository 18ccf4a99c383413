"""Names the adapters of income tax."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.readers import FinanceReader
from services.financial.application.tax.compare_tax_regimes import CompareTaxRegimes
from services.financial.application.tax.deduction_hints import RecordedHints
from services.financial.application.tax.get_deductions import GetDeductions
from services.financial.application.tax.use_cases import TaxUseCases
from services.financial.infrastructure.investments.reader import PostgresInvestmentReader
from services.financial.infrastructure.loans.loan_store import PostgresLoanReader
from services.shared.domain.clock import Clock


def build_tax(engine: AsyncEngine, finance: FinanceReader, clock: Clock) -> TaxUseCases:
    """Every query over income tax."""
    hints = RecordedHints(finance, PostgresInvestmentReader(engine), PostgresLoanReader(engine))
    return TaxUseCases(compare_tax_regimes=CompareTaxRegimes(hints, clock), get_deductions=GetDeductions(hints, clock))
