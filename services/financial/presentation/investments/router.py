"""Routes of investments."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.financial.application.investments.find_sips import FindSipsRequest
from services.financial.application.investments.get_allocation import GetAllocationRequest
from services.financial.application.investments.get_capital_gains import GetCapitalGainsRequest
from services.financial.application.investments.get_holdings import GetHoldingsRequest
from services.financial.application.investments.get_returns import GetReturnsRequest
from services.financial.application.investments.use_cases import InvestmentUseCases
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.presentation.investments.bodies import TargetAllocationBody, XirrBody
from services.financial.presentation.investments.fund_routes import add_fund_routes
from services.financial.presentation.investments.record_routes import add_record_routes
from services.financial.presentation.investments.responses import (
    AllocationResponse,
    CapitalGainsResponse,
    HoldingsResponse,
    ReturnsResponse,
    SipsResponse,
    TargetAllocationResponse,
    XirrResponse,
)
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses

_DAY: Final = Query(description="At the end of this day; today without.", examples=["2026-10-31"])


def build_investment_router(use_cases: InvestmentUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/investments`."""
    router = APIRouter(prefix="/investments", tags=["investments"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]
    _add_figure_routes(router, use_cases, caller)
    _add_planning_routes(router, use_cases, caller)
    add_record_routes(router, use_cases, caller)
    add_fund_routes(router, use_cases, caller)
    return router


def _add_figure_routes(router: APIRouter, use_cases: InvestmentUseCases, caller: Any) -> None:
    @router.get("/holdings", summary="Holdings")
    async def holdings(user: caller, as_of: Annotated[date | None, _DAY] = None) -> HoldingsResponse:
        """Everything held, at its newest price, with the price's age."""
        request = GetHoldingsRequest(user_id=user.user_id, as_of=as_of)
        return HoldingsResponse.model_validate(await use_cases.get_holdings(request))

    @router.get("/returns", responses=problem_responses(404), summary="Returns")
    async def returns(
        user: caller, as_of: Annotated[date | None, _DAY] = None, instrument_id: UUID | None = None
    ) -> ReturnsResponse:
        """XIRR and absolute return, of the whole and of each instrument."""
        wanted = InstrumentId(instrument_id) if instrument_id else None
        request = GetReturnsRequest(user_id=user.user_id, as_of=as_of, instrument_id=wanted)
        return ReturnsResponse.model_validate(await use_cases.get_returns(request))

    @router.get("/capital-gains", summary="Capital gains of a financial year")
    async def capital_gains(
        user: caller,
        financial_year: Annotated[
            str | None, Query(max_length=7, description="YYYY-YY; the running one without.", examples=["2025-26"])
        ] = None,
    ) -> CapitalGainsResponse:
        """Lots sold, first in first out, short and long term, set off and exempted: an estimate, not advice."""
        year = FinancialYear.parse(financial_year) if financial_year else None
        request = GetCapitalGainsRequest(user_id=user.user_id, financial_year=year)
        return CapitalGainsResponse.model_validate(await use_cases.get_capital_gains(request))

    @router.get("/sips", summary="Systematic investment plans")
    async def sips(user: caller) -> SipsResponse:
        """Plans that the purchases on record show."""
        return SipsResponse.model_validate(await use_cases.find_sips(FindSipsRequest(user_id=user.user_id)))


def _add_planning_routes(router: APIRouter, use_cases: InvestmentUseCases, caller: Any) -> None:
    @router.get("/allocation", summary="Allocation and drift")
    async def allocation(user: caller, as_of: Annotated[date | None, _DAY] = None) -> AllocationResponse:
        """The share of each asset class, and how far it is from the target."""
        request = GetAllocationRequest(user_id=user.user_id, as_of=as_of)
        return AllocationResponse.model_validate(await use_cases.get_allocation(request))

    @router.put("/target-allocation", responses=problem_responses(400, 413), summary="Set the target allocation")
    async def set_target(user: caller, body: TargetAllocationBody) -> TargetAllocationResponse:
        """Say how investments should be spread; an empty object takes it back."""
        return TargetAllocationResponse.model_validate(
            await use_cases.set_target_allocation(body.to_request(user.user_id))
        )

    @router.post("/xirr", responses=problem_responses(400, 413), summary="Calculate XIRR")
    async def calculate_xirr(user: caller, body: XirrBody) -> XirrResponse:
        """The yearly rate of amounts that you give; nothing is recorded."""
        return XirrResponse.model_validate(await use_cases.calculate_xirr(body.to_request()))
