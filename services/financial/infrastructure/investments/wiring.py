"""Names the adapters of investments."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.investments.calculate_xirr import CalculateXirr
from services.financial.application.investments.delete_investment_transaction import DeleteInvestmentTransaction
from services.financial.application.investments.find_funds import FindFunds
from services.financial.application.investments.find_sips import FindSips
from services.financial.application.investments.get_allocation import GetAllocation
from services.financial.application.investments.get_capital_gains import GetCapitalGains
from services.financial.application.investments.get_holdings import GetHoldings
from services.financial.application.investments.get_returns import GetReturns
from services.financial.application.investments.holdings_value import HoldingsValuer, PortfolioValuer
from services.financial.application.investments.import_navs import ImportNavs
from services.financial.application.investments.list_investment_transactions import ListInvestmentTransactions
from services.financial.application.investments.record_holdings import RecordHoldings
from services.financial.application.investments.record_investment_transactions import RecordInvestmentTransactions
from services.financial.application.investments.set_fair_value import SetFairValue
from services.financial.application.investments.set_target_allocation import SetTargetAllocation
from services.financial.application.investments.use_cases import InvestmentUseCases
from services.financial.domain.investments.repositories import InvestmentsUnitOfWork
from services.financial.infrastructure.investments.fund_register import PostgresFundRegister
from services.financial.infrastructure.investments.nav_repository import PostgresNavsUnitOfWork
from services.financial.infrastructure.investments.reader import PostgresInvestmentReader
from services.financial.infrastructure.investments.unit_of_work import PostgresInvestmentsUnitOfWork
from services.shared.domain.clock import Clock


def build_investments(engine: AsyncEngine, clock: Clock) -> InvestmentUseCases:
    """Every command and query over investments."""
    reader = PostgresInvestmentReader(engine)
    register = PostgresFundRegister(engine)

    def unit_of_work() -> InvestmentsUnitOfWork:
        return PostgresInvestmentsUnitOfWork(engine)

    return InvestmentUseCases(
        record_investment_transactions=RecordInvestmentTransactions(unit_of_work, clock),
        record_holdings=RecordHoldings(unit_of_work, clock),
        delete_investment_transaction=DeleteInvestmentTransaction(unit_of_work),
        set_target_allocation=SetTargetAllocation(unit_of_work),
        set_fair_value=SetFairValue(unit_of_work),
        import_navs=ImportNavs(lambda: PostgresNavsUnitOfWork(engine), clock),
        find_funds=FindFunds(register, clock),
        get_holdings=GetHoldings(reader, clock),
        get_returns=GetReturns(reader, clock),
        get_allocation=GetAllocation(reader, clock),
        find_sips=FindSips(reader, clock),
        get_capital_gains=GetCapitalGains(reader, clock),
        list_investment_transactions=ListInvestmentTransactions(reader),
        calculate_xirr=CalculateXirr(),
    )


def build_valuer(engine: AsyncEngine) -> HoldingsValuer:
    """What values accounts by what they hold."""
    return PortfolioValuer(PostgresInvestmentReader(engine))
