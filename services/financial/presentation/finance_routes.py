"""Routes of figures: summary, spending, income, cash flow, net worth, recurring payments."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.financial.application.find_recurring_payments import FindRecurringPaymentsRequest
from services.financial.application.get_cash_flow import GetCashFlowRequest
from services.financial.application.get_income import GetIncomeRequest
from services.financial.application.get_monthly_summary import GetMonthlySummaryRequest
from services.financial.application.get_net_worth import GetNetWorthRequest
from services.financial.application.get_spending import GetSpendingRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.period import Month, Period
from services.financial.presentation.responses import (
    CashFlowResponse,
    FlowResponse,
    NetWorthResponse,
    RecurringResponse,
    SummaryResponse,
)
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.infrastructure.problem import problem_responses

FirstDay = Annotated[date, Query(alias="from", description="First day.", examples=["2026-10-01"])]
LastDay = Annotated[date, Query(description="Last day, included.", examples=["2026-10-31"])]
PayeeQuery = Annotated[str | None, Query(max_length=200, description="Part of the payee's name.")]
Top = Annotated[int | None, Query(ge=1, le=1000, description="Keep only the largest groups.")]


def _flow_wanted(
    from_: FirstDay,
    to: LastDay,
    category: Category | None = None,
    payee: PayeeQuery = None,
    account_id: UUID | None = None,
    own_category_id: Annotated[UUID | None, Query(description="One of your own categories.")] = None,
    tag: Annotated[str | None, Query(max_length=40, description="Only transactions with this tag.")] = None,
    group_by: Grouping = Grouping.CATEGORY,
    top: Top = None,
) -> dict[str, Any]:
    """What spending and income may be restricted to and broken down by, as their requests take it."""
    return {
        "period": Period(from_, to),
        "category": category,
        "payee": payee,
        "account_id": AccountId(account_id) if account_id else None,
        "own_category_id": OwnCategoryId(own_category_id) if own_category_id else None,
        "tag": tag,
        "group_by": group_by,
        "top": top,
    }


FlowWanted = Annotated[dict[str, Any], Depends(_flow_wanted)]


def build_finance_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/finance`."""
    router = APIRouter(prefix="/finance", tags=["finance"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]
    _add_standing_routes(router, use_cases, caller)
    _add_flow_routes(router, use_cases, caller)
    return router


def _add_standing_routes(router: APIRouter, use_cases: FinancialUseCases, caller: Any) -> None:
    @router.get("/summary", summary="One month")
    async def summary(
        user: caller, month: Annotated[str, Query(description="YYYY-MM", examples=["2026-10"])]
    ) -> SummaryResponse:
        """Income, spending by category, and the balances at the end of a month."""
        request = GetMonthlySummaryRequest(user_id=user.user_id, month=Month.parse(month))
        return SummaryResponse.model_validate(await use_cases.get_monthly_summary(request))

    @router.get("/net-worth", summary="Net worth")
    async def net_worth(
        user: caller, as_of: Annotated[date | None, Query(description="At the end of this day; now without.")] = None
    ) -> NetWorthResponse:
        """Assets, liabilities and every account's balance."""
        request = GetNetWorthRequest(user_id=user.user_id, as_of=as_of)
        return NetWorthResponse.model_validate(await use_cases.get_net_worth(request))

    @router.get("/recurring", summary="Recurring payments")
    async def recurring(user: caller) -> RecurringResponse:
        """Payments that come back, with their cadence and the day they are due next."""
        request = FindRecurringPaymentsRequest(user_id=user.user_id)
        return RecurringResponse.model_validate(await use_cases.find_recurring_payments(request))

    @router.get("/cash-flow", summary="Income against spending")
    async def cash_flow(user: caller, from_: FirstDay, to: LastDay) -> CashFlowResponse:
        """Both totals, what is left, the savings rate, and the same for each month."""
        request = GetCashFlowRequest(user_id=user.user_id, period=Period(from_, to))
        return CashFlowResponse.model_validate(await use_cases.get_cash_flow(request))


def _add_flow_routes(router: APIRouter, use_cases: FinancialUseCases, caller: Any) -> None:
    @router.get("/spending", responses=problem_responses(404), summary="Spending of a period")
    async def spending(user: caller, wanted: FlowWanted) -> FlowResponse:
        """What went out, refunds taken off, as a whole and in groups."""
        request = GetSpendingRequest(user_id=user.user_id, **wanted)
        return FlowResponse.model_validate(await use_cases.get_spending(request))

    @router.get("/income", responses=problem_responses(404), summary="Income of a period")
    async def income(user: caller, wanted: FlowWanted) -> FlowResponse:
        """What came in, as a whole and in groups."""
        request = GetIncomeRequest(user_id=user.user_id, **wanted)
        return FlowResponse.model_validate(await use_cases.get_income(request))
