"""Everything that the financial context finds out by analysis."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.analysis.analyse_cash_flow import AnalyseCashFlow
from services.financial.application.analysis.compare_periods import ComparePeriods
from services.financial.application.analysis.get_income_stability import GetIncomeStability
from services.financial.application.analysis.get_net_worth_series import GetNetWorthSeries


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisUseCases:
    """One instance of every query."""

    get_net_worth_series: GetNetWorthSeries
    analyse_cash_flow: AnalyseCashFlow
    get_income_stability: GetIncomeStability
    compare_periods: ComparePeriods
