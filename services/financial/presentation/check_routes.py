"""Routes that compare what is kept beforehand with the transactions."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field

from services.financial.application.rollups.check_figures import CheckFiguresRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.presentation.responses import ViewResponse
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses


class FiguresCheckResponse(ViewResponse):
    """How many kept sums by month, and how many accounts' running figures, differ from the transactions."""

    wrong_sums: int = Field(examples=[0])
    wrong_accounts: int = Field(examples=[0])
    repaired: bool = Field(description="They were made anew after they were counted.")


def build_check_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/finance/check`."""
    router = APIRouter(prefix="/finance/check", tags=["finance"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", summary="Check your figures")
    async def check(user: caller) -> FiguresCheckResponse:
        """Compare sums and balances that are kept beforehand with all your transactions: they should never differ."""
        return FiguresCheckResponse.model_validate(
            await use_cases.check_figures(CheckFiguresRequest(user_id=user.user_id))
        )

    @router.post("/repair", summary="Make your figures anew")
    async def repair(user: caller) -> FiguresCheckResponse:
        """Compare them, and make anew what differs."""
        return FiguresCheckResponse.model_validate(
            await use_cases.check_figures(CheckFiguresRequest(user_id=user.user_id, repair=True))
        )

    return router
