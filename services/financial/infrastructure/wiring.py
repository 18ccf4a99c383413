"""Names the adapters of the financial context."""

from __future__ import annotations

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.add_category_rule import AddCategoryRule
from services.financial.application.budgets.watch_budgets import WatchBudgets
from services.financial.application.change_category_rule import ChangeCategoryRule
from services.financial.application.delete_category_rule import DeleteCategoryRule
from services.financial.application.find_recurring_payments import FindRecurringPayments
from services.financial.application.get_account import GetAccount
from services.financial.application.get_cash_flow import GetCashFlow
from services.financial.application.get_income import GetIncome
from services.financial.application.get_monthly_summary import GetMonthlySummary
from services.financial.application.get_net_worth import GetNetWorth
from services.financial.application.get_spending import GetSpending
from services.financial.application.import_statement import ImportStatement
from services.financial.application.list_accounts import ListAccounts
from services.financial.application.list_category_rules import ListCategoryRules
from services.financial.application.list_transactions import ListTransactions
from services.financial.application.open_account import OpenAccount
from services.financial.application.readers import FinanceReader
from services.financial.application.recategorise_transaction import RecategoriseTransaction
from services.financial.application.rollups.check_figures import CheckFigures
from services.financial.application.search_transactions import SearchTransactions
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.categorisation import load_default_rules
from services.financial.domain.repositories import FinancialUnitOfWork
from services.financial.infrastructure.analysis.series_reader import PostgresSeriesReader
from services.financial.infrastructure.analysis.wiring import build_analysis
from services.financial.infrastructure.budgets.wiring import build_budgets
from services.financial.infrastructure.caching.cached_finance_reader import CachedFinanceReader
from services.financial.infrastructure.caching.query_cache import QueryCache
from services.financial.infrastructure.caching.versions import PostgresFinanceVersions
from services.financial.infrastructure.fi_mcp.wiring import FiSettings, build_fi
from services.financial.infrastructure.finance_reader import PostgresFinanceReader
from services.financial.infrastructure.investments.wiring import build_investments, build_valuer
from services.financial.infrastructure.loans.wiring import build_loans
from services.financial.infrastructure.records.wiring import build_records
from services.financial.infrastructure.restatement import PostgresFinancialRestatement
from services.financial.infrastructure.rollups.audit import PostgresFigureAudit
from services.financial.infrastructure.statements import read_statement
from services.financial.infrastructure.tax.wiring import build_tax
from services.financial.infrastructure.unit_of_work import PostgresFinancialUnitOfWork
from services.shared.application.event_record import EventHandler
from services.shared.application.restatement import Restatement
from services.shared.domain.clock import Clock, SystemClock


def build_use_cases(
    engine: AsyncEngine, clock: Clock | None = None, *, fi: FiSettings | None = None, redis: Redis | None = None
) -> FinancialUseCases:
    """Every command and query on PostgreSQL, figures cached in Redis when there is one.

    `clock` is the machine's unless another is given.
    """
    time = clock or SystemClock()
    rules = load_default_rules()
    reader = _reader(engine, redis)

    def unit_of_work() -> FinancialUnitOfWork:
        return PostgresFinancialUnitOfWork(engine)

    investments = build_investments(engine, time)
    return FinancialUseCases(
        open_account=OpenAccount(unit_of_work, time),
        get_account=GetAccount(reader),
        list_accounts=ListAccounts(reader, time),
        import_statement=ImportStatement(unit_of_work, read_statement, rules, time),
        list_transactions=ListTransactions(reader),
        search_transactions=SearchTransactions(reader),
        recategorise_transaction=RecategoriseTransaction(unit_of_work, rules, time),
        get_monthly_summary=GetMonthlySummary(reader, time),
        get_spending=GetSpending(reader, time),
        get_income=GetIncome(reader, time),
        get_cash_flow=GetCashFlow(reader, time),
        get_net_worth=GetNetWorth(reader, time, build_valuer(engine)),
        find_recurring_payments=FindRecurringPayments(reader, PostgresSeriesReader(engine), time),
        add_category_rule=AddCategoryRule(unit_of_work, rules),
        list_category_rules=ListCategoryRules(unit_of_work),
        change_category_rule=ChangeCategoryRule(unit_of_work, rules),
        delete_category_rule=DeleteCategoryRule(unit_of_work, rules),
        investments=investments,
        loans=build_loans(engine, reader, time),
        tax=build_tax(engine, reader, time),
        analysis=build_analysis(engine, reader, time),
        check_figures=CheckFigures(PostgresFigureAudit(engine)),
        budgets=build_budgets(engine, reader, time),
        records=build_records(engine, reader, unit_of_work, rules, time),
        fi=build_fi(engine, fi or FiSettings(), investments, rules, time),
    )


def _reader(engine: AsyncEngine, redis: Redis | None) -> FinanceReader:
    reader = PostgresFinanceReader(engine)
    if redis is None:
        return reader
    return CachedFinanceReader(reader, PostgresFinanceVersions(engine), QueryCache(redis))


def build_restatement(engine: AsyncEngine) -> Restatement:
    """The context's records as events."""
    return PostgresFinancialRestatement(engine)


def build_handlers(finance: FinancialUseCases) -> list[EventHandler]:
    """The consumers of this context."""
    return [WatchBudgets(finance.budgets.raise_alerts)]
