"""Everything that the financial context does about investments."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.investments.calculate_xirr import CalculateXirr
from services.financial.application.investments.delete_investment_transaction import DeleteInvestmentTransaction
from services.financial.application.investments.find_funds import FindFunds
from services.financial.application.investments.find_sips import FindSips
from services.financial.application.investments.get_allocation import GetAllocation
from services.financial.application.investments.get_capital_gains import GetCapitalGains
from services.financial.application.investments.get_holdings import GetHoldings
from services.financial.application.investments.get_returns import GetReturns
from services.financial.application.investments.import_navs import ImportNavs
from services.financial.application.investments.list_investment_transactions import ListInvestmentTransactions
from services.financial.application.investments.record_holdings import RecordHoldings
from services.financial.application.investments.record_investment_transactions import RecordInvestmentTransactions
from services.financial.application.investments.set_fair_value import SetFairValue
from services.financial.application.investments.set_target_allocation import SetTargetAllocation


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentUseCases:
    """One instance of every command and query."""

    record_investment_transactions: RecordInvestmentTransactions
    record_holdings: RecordHoldings
    delete_investment_transaction: DeleteInvestmentTransaction
    set_target_allocation: SetTargetAllocation
    set_fair_value: SetFairValue
    import_navs: ImportNavs
    find_funds: FindFunds
    get_holdings: GetHoldings
    get_returns: GetReturns
    get_allocation: GetAllocation
    find_sips: FindSips
    get_capital_gains: GetCapitalGains
    list_investment_transactions: ListInvestmentTransactions
    calculate_xirr: CalculateXirr
