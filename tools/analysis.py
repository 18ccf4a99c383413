"""Tools about how money developed: net worth over time, saving, steadiness of income, what changed and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from services.financial.application.analysis.analyse_cash_flow import AnalyseCashFlowRequest
from services.financial.application.analysis.compare_periods import ComparePeriodsRequest
from services.financial.application.analysis.get_income_stability import GetIncomeStabilityRequest
from services.financial.application.analysis.get_net_worth_series import GetNetWorthSeriesRequest
from services.financial.application.analysis.views import (
    CashFlowAnalysisView,
    ComparisonView,
    IncomeStabilityView,
    NetWorthSeriesView,
)
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.analysis.comparison import Measure
from services.financial.domain.period import Month, Period
from services.shared.domain.identity import Identity
from tools.arguments import PeriodArguments
from tools.tool import Tool, ToolArguments


class NetWorthHistoryArguments(ToolArguments):
    """How many months, and up to which."""

    months: int = Field(default=12, ge=1, le=120, description="how many months")
    until: str | None = Field(default=None, max_length=7, description="last month, YYYY-MM; the newest without it")


class CashFlowAnalysisArguments(PeriodArguments):
    """The period."""


class IncomeStabilityArguments(ToolArguments):
    """How far back to look."""

    months: int = Field(default=12, ge=1, le=120, description="how many months back")


class ComparisonArguments(ToolArguments):
    """Two periods, both ends included."""

    before_from: date = Field(description="first day of the earlier period, YYYY-MM-DD")
    before_to: date = Field(description="its last day")
    after_from: date = Field(description="first day of the later period")
    after_to: date = Field(description="its last day")
    measure: Measure = Measure.SPENDING
    top: int = Field(default=10, ge=1, le=50, description="how many payees to list")


def analysis_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over the analyses of totals."""
    return [*_worth_tools(finance), *_flow_tools(finance)]


def _worth_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    async def get_net_worth_history(identity: Identity, wanted: NetWorthHistoryArguments) -> NetWorthSeriesView:
        until = Month.parse(wanted.until, "until") if wanted.until else None
        return await finance.analysis.get_net_worth_series(
            GetNetWorthSeriesRequest(user_id=identity.user_id, months=wanted.months, until=until)
        )

    async def compare_periods(identity: Identity, wanted: ComparisonArguments) -> ComparisonView:
        return await finance.analysis.compare_periods(
            ComparePeriodsRequest(
                user_id=identity.user_id,
                before=Period(wanted.before_from, wanted.before_to),
                after=Period(wanted.after_from, wanted.after_to),
                measure=wanted.measure,
                top=wanted.top,
            )
        )

    return [
        Tool(
            name="get_net_worth_history",
            description="Net worth at the end of each month, by kind of asset and of liability, and how it changed.",
            scope="finance:read",
            arguments=NetWorthHistoryArguments,
            run=get_net_worth_history,
        ),
        Tool(
            name="compare_periods",
            description="Two periods side by side (spending, income or net), with the categories and payees that "
            "moved the figure: why it rose or fell. The drivers add up to the change exactly.",
            scope="finance:read",
            arguments=ComparisonArguments,
            run=compare_periods,
        ),
    ]


def _flow_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    async def analyse_cash_flow(identity: Identity, wanted: CashFlowAnalysisArguments) -> CashFlowAnalysisView:
        return await finance.analysis.analyse_cash_flow(
            AnalyseCashFlowRequest(user_id=identity.user_id, period=wanted.period())
        )

    async def get_income_stability(identity: Identity, wanted: IncomeStabilityArguments) -> IncomeStabilityView:
        return await finance.analysis.get_income_stability(
            GetIncomeStabilityRequest(user_id=identity.user_id, months=wanted.months)
        )

    return [
        Tool(
            name="analyse_cash_flow",
            description="What came in, what went out for commitments, essentials, choices and investments, what was "
            "saved and the savings rate (investments count as saved), of a period and of each month.",
            scope="finance:read",
            arguments=CashFlowAnalysisArguments,
            run=analyse_cash_flow,
        ),
        Tool(
            name="get_income_stability",
            description="How steady monthly income is: median, lowest, highest, coefficient of variation, dips.",
            scope="finance:read",
            arguments=IncomeStabilityArguments,
            run=get_income_stability,
        ),
    ]
