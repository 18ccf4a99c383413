"""Everything that the financial context finds out by analysis."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.analysis.analyse_cash_flow import AnalyseCashFlow
from services.financial.application.analysis.compare_periods import ComparePeriods
from services.financial.application.analysis.find_anomalies import FindAnomalies
from services.financial.application.analysis.forecast_balances import ForecastBalances
from services.financial.application.analysis.get_bills_calendar import GetBillsCalendar
from services.financial.application.analysis.get_income_stability import GetIncomeStability
from services.financial.application.analysis.get_net_worth_series import GetNetWorthSeries
from services.financial.application.analysis.review_subscriptions import ReviewSubscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisUseCases:
    """One instance of every query."""

    get_net_worth_series: GetNetWorthSeries
    analyse_cash_flow: AnalyseCashFlow
    get_income_stability: GetIncomeStability
    compare_periods: ComparePeriods
    review_subscriptions: ReviewSubscriptions
    get_bills_calendar: GetBillsCalendar
    find_anomalies: FindAnomalies
    forecast_balances: ForecastBalances
