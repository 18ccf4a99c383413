"""Routes of the analyses of totals: net worth over time, cash flow, income, comparisons."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from services.financial.application.analysis.analyse_cash_flow import AnalyseCashFlowRequest
from services.financial.application.analysis.compare_periods import ComparePeriodsRequest
from services.financial.application.analysis.get_income_stability import GetIncomeStabilityRequest
from services.financial.application.analysis.get_net_worth_series import GetNetWorthSeriesRequest
from services.financial.application.analysis.use_cases import AnalysisUseCases
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.analysis.comparison import Measure
from services.financial.domain.period import Month, Period
from services.financial.presentation.analysis.responses import (
    CashFlowAnalysisResponse,
    ComparisonResponse,
    IncomeStabilityResponse,
    NetWorthSeriesResponse,
)
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses

FirstDay = Annotated[date, Query(alias="from", description="First day.", examples=["2026-01-01"])]
LastDay = Annotated[date, Query(description="Last day, included.", examples=["2026-10-31"])]
Months = Annotated[int, Query(ge=1, le=600, description="How many months.")]
IncomeMonths = Annotated[int, Query(ge=1, le=120, description="How many months, up to the newest record's.")]
MonthName = Annotated[str | None, Query(max_length=7, description="YYYY-MM", examples=["2026-10"])]
TopPayees = Annotated[int, Query(ge=1, le=100, description="How many payees to list.")]


def build_analysis_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/finance`, the analyses."""
    router = APIRouter(prefix="/finance", tags=["finance"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]
    _add_worth_routes(router, use_cases.analysis, caller)
    _add_flow_routes(router, use_cases.analysis, caller)
    return router


def _add_worth_routes(router: APIRouter, analysis: AnalysisUseCases, caller: Any) -> None:
    @router.get("/net-worth/series", summary="Net worth over time")
    async def net_worth_series(user: caller, months: Months = 12, until: MonthName = None) -> NetWorthSeriesResponse:
        """Net worth at the end of each month, by kind of asset and of liability."""
        last = Month.parse(until, "until") if until else None
        request = GetNetWorthSeriesRequest(user_id=user.user_id, months=months, until=last)
        return NetWorthSeriesResponse.model_validate(await analysis.get_net_worth_series(request))


def _add_flow_routes(router: APIRouter, analysis: AnalysisUseCases, caller: Any) -> None:
    @router.get("/cash-flow/analysis", summary="Cash flow by purpose, and saving")
    async def cash_flow_analysis(user: caller, from_: FirstDay, to: LastDay) -> CashFlowAnalysisResponse:
        """Income, spending by purpose, what was saved, and the savings rate, of the period and of each month."""
        request = AnalyseCashFlowRequest(user_id=user.user_id, period=Period(from_, to))
        return CashFlowAnalysisResponse.model_validate(await analysis.analyse_cash_flow(request))

    @router.get("/income-stability", summary="How steady income is")
    async def income_stability(user: caller, months: IncomeMonths = 12) -> IncomeStabilityResponse:
        """The spread of monthly incomes: median, lowest, highest, coefficient of variation, spikes and dips."""
        request = GetIncomeStabilityRequest(user_id=user.user_id, months=months)
        return IncomeStabilityResponse.model_validate(await analysis.get_income_stability(request))

    @router.get("/compare", summary="Two periods and what moved the figure")
    async def compare(
        user: caller,
        before_from: Annotated[date, Query(examples=["2026-09-01"])],
        before_to: Annotated[date, Query(examples=["2026-09-30"])],
        after_from: Annotated[date, Query(examples=["2026-10-01"])],
        after_to: Annotated[date, Query(examples=["2026-10-31"])],
        measure: Measure = Measure.SPENDING,
        top: TopPayees = 10,
    ) -> ComparisonResponse:
        """Both totals, the change, and the categories and payees it comes from, which add up to it exactly."""
        request = ComparePeriodsRequest(
            user_id=user.user_id,
            before=Period(before_from, before_to),
            after=Period(after_from, after_to),
            measure=measure,
            top=top,
        )
        return ComparisonResponse.model_validate(await analysis.compare_periods(request))
