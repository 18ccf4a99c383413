"""Everything that the financial context does about investments."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.investments.record_holdings import RecordHoldings
from services.financial.application.investments.record_investment_transactions import RecordInvestmentTransactions


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentUseCases:
    """One instance of every command and query."""

    record_investment_transactions: RecordInvestmentTransactions
    record_holdings: RecordHoldings
