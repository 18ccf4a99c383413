"""Routes of entries by hand that a bank's file brought once more."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from services.financial.application.records.find_doubles import FindDoublesRequest
from services.financial.application.records.merge_double import MergeDoubleRequest
from services.financial.application.records.use_cases import RecordUseCases
from services.financial.presentation.responses import TransactionResponse
from services.shared.domain.identity import Identity
from services.shared.domain.ids import TransactionId
from services.shared.infrastructure.problem import problem_responses


class DoubleResponse(BaseModel):
    """An entry by hand and the line of a statement that may be the same payment."""

    model_config = ConfigDict(from_attributes=True)

    entered: TransactionResponse
    booked: TransactionResponse
    days_apart: int = Field(examples=[1])


class DoublesResponse(BaseModel):
    """The pairs, the likeliest first; `count` is of all, of which at most 100 are listed."""

    model_config = ConfigDict(from_attributes=True)

    count: int = Field(examples=[1])
    doubles: list[DoubleResponse]


class MergeBody(BaseModel):
    """The bank's line that stays."""

    model_config = ConfigDict(extra="forbid")

    booked_id: UUID = Field(examples=["0199d3a0-0000-7000-8000-000000000001"])


def build_doubles_router(use_cases: RecordUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/transaction-doubles`."""
    router = APIRouter(prefix="/transaction-doubles", tags=["transactions"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", summary="List possible doubles")
    async def doubles(user: caller) -> DoublesResponse:
        """Entries by hand for which a statement has the same amount within five days; both count until you merge them.

        An entry with the tag `separate` is a payment of its own, and is not listed.
        """
        return DoublesResponse.model_validate(await use_cases.find_doubles(FindDoublesRequest(user_id=user.user_id)))

    @router.post("/{entered_id}/merge", responses=problem_responses(400, 404, 409, 413, 422), summary="Merge a double")
    async def merge(user: caller, entered_id: UUID, body: MergeBody) -> TransactionResponse:
        """The bank's line takes the entry's note, tags and category; the entry goes, and can be restored."""
        request = MergeDoubleRequest(
            user_id=user.user_id,
            entered_id=TransactionId(entered_id),
            booked_id=TransactionId(body.booked_id),
        )
        return TransactionResponse.model_validate(await use_cases.merge_double(request))

    return router
