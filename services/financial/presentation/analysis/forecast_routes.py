"""The route of forecasts."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from services.financial.application.analysis.forecast_balances import ForecastBalancesRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.presentation.responses import Exact, From, LeftOutResponse, ViewResponse
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.infrastructure.problem import problem_responses

Days = Annotated[int, Query(ge=1, le=180, description="How many days after the newest record.")]
Every = Annotated[int, Query(ge=1, le=90, description="Keep one point in so many days, and the last.")]
OneAccount = Annotated[UUID | None, Query(description="One account; all everyday ones together without it.")]


class ForecastAccountResponse(ViewResponse):
    """An account in the forecast."""

    name: str
    balance: Exact
    last_transaction_on: date | None


class ForecastPointResponse(ViewResponse):
    """The balance at the end of a day: expected, and the ends of the interval."""

    day: date
    expected: Exact = Field(examples=["84210.50"])
    low: Exact
    high: Exact


class ForecastResponse(ViewResponse):
    """The balance over the days after the newest record, with an interval that was tried on the past."""

    as_of: date
    from_: date = From
    to: date
    currency: str
    balance: Exact
    expected: Exact
    low: Exact
    high: Exact
    change: Exact
    recurring_income: Exact
    commitments: Exact
    everything_else: Exact
    lowest: Exact
    lowest_on: date
    may_fall_below_zero_on: date | None
    target_percent: int = Field(description="How many in 100 actual balances the interval is made to hold.")
    coverage_percent: Exact | None = Field(description="How many it held in the back-test; null when too short.")
    is_calibrated: bool
    back_tests: int
    known_days: int
    points: list[ForecastPointResponse]
    accounts: list[ForecastAccountResponse]
    stale_accounts: list[str]
    left_out: list[LeftOutResponse]


def build_forecast_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/finance/forecast`."""
    router = APIRouter(prefix="/finance", tags=["finance"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("/forecast", responses=problem_responses(404), summary="Balances to come")
    async def forecast(
        user: caller, days: Days = 90, every: Every = 1, account_id: OneAccount = None
    ) -> ForecastResponse:
        """Expected balances from recurring income, commitments and usual spending, with an 80 percent interval."""
        request = ForecastBalancesRequest(
            user_id=user.user_id,
            days=days,
            every=every,
            account_id=AccountId(account_id) if account_id else None,
        )
        return ForecastResponse.model_validate(await use_cases.analysis.forecast_balances(request))

    return router
