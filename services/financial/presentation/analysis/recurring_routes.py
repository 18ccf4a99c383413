"""Routes of subscriptions and bills."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from services.financial.application.analysis.get_bills_calendar import GetBillsCalendarRequest
from services.financial.application.analysis.review_subscriptions import ReviewSubscriptionsRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.presentation.analysis.recurring_responses import BillsCalendarResponse, SubscriptionsResponse
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses

FromDay = Annotated[
    date | None, Query(alias="from", description="First day; today without it.", examples=["2026-11-01"])
]
Days = Annotated[int, Query(ge=1, le=366, description="How many days.")]


def build_recurring_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/finance/subscriptions` and `/finance/bills`."""
    router = APIRouter(prefix="/finance", tags=["finance"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]
    analysis = use_cases.analysis

    @router.get("/subscriptions", summary="Subscriptions worth a look")
    async def subscriptions(user: caller) -> SubscriptionsResponse:
        """Each subscription with its cost, price changes and next day, and signs that it may be unused."""
        request = ReviewSubscriptionsRequest(user_id=user.user_id)
        return SubscriptionsResponse.model_validate(await analysis.review_subscriptions(request))

    @router.get("/bills", summary="Bills calendar")
    async def bills(user: caller, from_: FromDay = None, days: Days = 30) -> BillsCalendarResponse:
        """Recurring payments and card bills by the day they are due."""
        request = GetBillsCalendarRequest(user_id=user.user_id, start=from_, days=days)
        return BillsCalendarResponse.model_validate(await analysis.get_bills_calendar(request))

    return router
