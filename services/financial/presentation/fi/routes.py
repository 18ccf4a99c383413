"""Routes of Fi."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.fi.use_cases import FiUseCases
from services.financial.presentation.fi.double_routes import add_double_routes
from services.financial.presentation.fi.responses import (
    CreditReportResponse,
    FiStatusResponse,
    FiSyncResponse,
)
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses


def build_fi_router(use_cases: FiUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/fi`."""
    router = APIRouter(prefix="/fi", tags=["fi"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.post("/link", summary="Link Fi")
    async def link(user: caller) -> FiStatusResponse:
        """Begin the link, or look how it stands. With `login_required`, log in at `login_url`, then sync."""
        return FiStatusResponse.model_validate(await use_cases.link(FiRequest(user_id=user.user_id)))

    @router.delete("/link", status_code=204, summary="Unlink Fi")
    async def unlink(user: caller) -> None:
        """Forget the link; what came from Fi stays."""
        await use_cases.unlink(FiRequest(user_id=user.user_id))

    @router.get("/status", summary="Status of the link")
    async def status(user: caller) -> FiStatusResponse:
        """Whether Fi is linked, when it was last fetched from, and what was odd then."""
        return FiStatusResponse.model_validate(await use_cases.status(FiRequest(user_id=user.user_id)))

    @router.post("/sync", responses=problem_responses(409), summary="Fetch from Fi")
    async def sync(user: caller) -> FiSyncResponse:
        """Fetch all six sources and keep what is new; again it adds nothing twice. Contradictions are in `flags`."""
        return FiSyncResponse.model_validate(await use_cases.sync(FiRequest(user_id=user.user_id)))

    @router.get("/credit-report", responses=problem_responses(404), summary="Credit report")
    async def credit_report(user: caller) -> CreditReportResponse:
        """The newest credit report: score, loans and cards, as the bureau has them."""
        return CreditReportResponse.model_validate(await use_cases.credit_report(FiRequest(user_id=user.user_id)))

    add_double_routes(router, use_cases, caller)
    return router
