"""Routes of income tax."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from services.financial.application.tax.use_cases import TaxUseCases
from services.financial.presentation.tax.bodies import CompareRegimesBody, DeductionsBody
from services.financial.presentation.tax.responses import DeductionsResponse, TaxComparisonResponse
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses


def build_tax_router(use_cases: TaxUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/tax`."""
    router = APIRouter(prefix="/tax", tags=["tax"], responses=problem_responses(400, 401, 413, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.post("/compare", summary="Compare the tax regimes")
    async def compare(user: caller, body: CompareRegimesBody) -> TaxComparisonResponse:
        """The income tax of a financial year under both regimes: an estimate, not advice. Nothing is recorded."""
        return TaxComparisonResponse.model_validate(await use_cases.compare_tax_regimes(body.to_request(user.user_id)))

    @router.post("/deductions", summary="Use of the tax-saving sections")
    async def deductions(user: caller, body: DeductionsBody) -> DeductionsResponse:
        """What of 80C, 80CCD(1B), 80D and 24(b) is used and left; what is not said is hinted at by your records."""
        view = await use_cases.get_deductions(body.to_deductions_request(user.user_id))
        return DeductionsResponse.model_validate(view)

    return router
