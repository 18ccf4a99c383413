"""Routes of accounts that a person may have twice: by Fi, and of their own making."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.financial.application.fi.link_fi import FiRequest
from services.financial.application.fi.resolve_double import ResolveFiDoubleRequest
from services.financial.application.fi.use_cases import FiUseCases
from services.financial.presentation.fi.responses import FiDecisionBody, FiDoublesResponse, FiResolutionResponse
from services.shared.domain.ids import AccountId
from services.shared.infrastructure.problem import problem_responses


def add_double_routes(router: APIRouter, use_cases: FiUseCases, caller: Any) -> None:
    """Listing such pairs, and settling them."""

    @router.get("/doubles", summary="List accounts that you may have twice")
    async def doubles(user: caller) -> FiDoublesResponse:
        """Accounts that came from Fi, each with one of your own making that may be the same; both count until you say.

        What you have said of a pair stays in the list, as long as there are two.
        """
        return FiDoublesResponse.model_validate(await use_cases.list_doubles(FiRequest(user_id=user.user_id)))

    @router.post(
        "/doubles/{account_id}", responses=problem_responses(400, 404, 409, 413, 422), summary="Say what they are"
    )
    async def resolve(
        user: caller,
        account_id: UUID,
        body: FiDecisionBody,
        dry_run: Annotated[bool, Query(description="Only tell what would be done.")] = False,
    ) -> FiResolutionResponse:
        """`merge` makes one account of the two: lines that both have count once, and Fi tells of your own from now on.

        `leave_out` takes away what Fi told, and keeps nothing of it later; `separate` says that they are two, and has
        the next fetch bring again what was left out.
        """
        request = ResolveFiDoubleRequest(
            user_id=user.user_id,
            account_id=AccountId(account_id),
            own_account_id=AccountId(body.own_account_id),
            decision=body.decision,
            dry_run=dry_run,
        )
        return FiResolutionResponse.model_validate(await use_cases.resolve_double(request))
