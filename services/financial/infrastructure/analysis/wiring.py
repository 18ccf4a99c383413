"""Names the adapters of the analyses."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.analysis.analyse_cash_flow import AnalyseCashFlow
from services.financial.application.analysis.compare_periods import ComparePeriods
from services.financial.application.analysis.find_anomalies import FindAnomalies
from services.financial.application.analysis.forecast_balances import ForecastBalances
from services.financial.application.analysis.get_bills_calendar import GetBillsCalendar
from services.financial.application.analysis.get_income_stability import GetIncomeStability
from services.financial.application.analysis.get_net_worth_series import GetNetWorthSeries
from services.financial.application.analysis.review_subscriptions import ReviewSubscriptions
from services.financial.application.analysis.use_cases import AnalysisUseCases
from services.financial.application.readers import FinanceReader
from services.financial.infrastructure.analysis.oddities_reader import PostgresOdditiesReader
from services.financial.infrastructure.analysis.series_reader import PostgresSeriesReader
from services.financial.infrastructure.analysis.totals_reader import PostgresTotalsReader
from services.financial.infrastructure.investments.wiring import build_valuer
from services.shared.domain.clock import Clock


def build_analysis(engine: AsyncEngine, finance: FinanceReader, clock: Clock) -> AnalysisUseCases:
    """Every analysis on PostgreSQL."""
    totals = PostgresTotalsReader(engine)
    series = PostgresSeriesReader(engine)
    return AnalysisUseCases(
        get_net_worth_series=GetNetWorthSeries(finance, totals, clock, build_valuer(engine)),
        analyse_cash_flow=AnalyseCashFlow(finance, totals, clock),
        get_income_stability=GetIncomeStability(finance, totals, clock),
        compare_periods=ComparePeriods(finance, totals, clock),
        review_subscriptions=ReviewSubscriptions(finance, series, clock),
        get_bills_calendar=GetBillsCalendar(finance, series, clock),
        forecast_balances=ForecastBalances(finance, series, clock),
        find_anomalies=FindAnomalies(finance, PostgresOdditiesReader(engine), clock),
    )
