"""Routes of what an account held before its first transaction on record."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from services.financial.application.records.change_opening_balance import ChangeOpeningBalanceRequest
from services.financial.application.records.get_opening_balance import GetOpeningBalanceRequest
from services.financial.application.records.use_cases import RecordUseCases
from services.financial.presentation.records.bodies import SignedAmount
from services.financial.presentation.responses import AccountResponse, Exact, ViewResponse
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId, UserId
from services.shared.infrastructure.problem import problem_responses


class OpeningBalanceBody(BaseModel):
    """What the account held before its first transaction on record, in its own currency; money owed is negative."""

    model_config = ConfigDict(extra="forbid")

    opening_balance: SignedAmount = Field(
        description="A decimal string; negative is money owed.", examples=["64210.10"]
    )

    def to_request(self, user_id: UserId, account_id: UUID) -> ChangeOpeningBalanceRequest:
        """The command's request."""
        return ChangeOpeningBalanceRequest(
            user_id=user_id, account_id=AccountId(account_id), opening_balance=self.opening_balance
        )


class OpeningChangeResponse(ViewResponse):
    """A change by hand."""

    changed_at: datetime
    actor: str = Field(examples=["person"])
    before: Exact
    after: Exact


class OpeningBalanceResponse(ViewResponse):
    """What it is now, and its changes by hand, oldest first; a statement that begins elsewhere may correct it too."""

    account_id: UUID
    currency: str
    opening_balance: Exact = Field(examples=["64210.10"])
    changes: list[OpeningChangeResponse]


def build_opening_router(use_cases: RecordUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/accounts/{account_id}/opening-balance`."""
    router = APIRouter(prefix="/accounts", tags=["accounts"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get(
        "/{account_id}/opening-balance", responses=problem_responses(404, 422), summary="Read the opening balance"
    )
    async def get_opening_balance(user: caller, account_id: UUID) -> OpeningBalanceResponse:
        """What the account held before its first transaction on record, and who changed that when."""
        request = GetOpeningBalanceRequest(user_id=user.user_id, account_id=AccountId(account_id))
        return OpeningBalanceResponse.model_validate(await use_cases.get_opening_balance(request))

    @router.put(
        "/{account_id}/opening-balance",
        responses=problem_responses(400, 404, 413, 422),
        summary="Change the opening balance",
    )
    async def change_opening_balance(user: caller, account_id: UUID, body: OpeningBalanceBody) -> AccountResponse:
        """The account's balance, and net worth on every day, differ by as much; its transactions stay as they are."""
        request = body.to_request(user.user_id, account_id)
        return AccountResponse.model_validate(await use_cases.change_opening_balance(request))

    return router
