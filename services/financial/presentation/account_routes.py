"""Routes of accounts and of the import of statements."""

from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile

from services.financial.application.get_account import GetAccountRequest
from services.financial.application.import_statement import ImportStatementRequest
from services.financial.application.list_accounts import ListAccountsRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.presentation.bodies import OpenAccountBody, parse_mapping
from services.financial.presentation.responses import AccountResponse, AccountsResponse, ImportResponse
from services.shared.domain.errors import TooLargeError
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.infrastructure.problem import problem_responses

_MAX_FILE_BYTES: Final = 64 * 2**20


def build_account_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/accounts` and what lies below it."""
    router = APIRouter(prefix="/accounts", tags=["accounts"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.post("", status_code=201, responses=problem_responses(400, 409, 413, 422), summary="Open an account")
    async def open_account(user: caller, body: OpenAccountBody) -> AccountResponse:
        """Record an account of yours; its name must be new among them."""
        return AccountResponse.model_validate(await use_cases.open_account(body.to_request(user.user_id)))

    @router.get("", summary="List accounts")
    async def list_accounts(user: caller) -> AccountsResponse:
        """Your accounts by name, with their balances."""
        return AccountsResponse.model_validate(await use_cases.list_accounts(ListAccountsRequest(user_id=user.user_id)))

    @router.get("/{account_id}", responses=problem_responses(404, 422), summary="Read an account")
    async def get_account(user: caller, account_id: UUID) -> AccountResponse:
        """One account with its balance."""
        request = GetAccountRequest(user_id=user.user_id, account_id=AccountId(account_id))
        return AccountResponse.model_validate(await use_cases.get_account(request))

    @router.post(
        "/{account_id}/imports",
        responses=problem_responses(400, 404, 409, 413, 415, 422),
        summary="Import a statement",
    )
    async def import_statement(
        user: caller,
        account_id: UUID,
        file: Annotated[UploadFile, File(description="CSV or OFX; the bank and the format are found out.")],
        mapping: Annotated[str | None, Form(description="JSON: which column holds what, for an unknown CSV.")] = None,
        partial: Annotated[bool, Query(description="Leave out lines that cannot be read.")] = False,
    ) -> ImportResponse:
        """Add what is new in a file: all of it or nothing, unless `partial`. Importing again adds nothing twice."""
        view = await use_cases.import_statement(
            ImportStatementRequest(
                user_id=user.user_id,
                account_id=AccountId(account_id),
                content=await _content(file),
                filename=file.filename or "",
                partial=partial,
                mapping=parse_mapping(mapping),
            )
        )
        return ImportResponse.model_validate(view)

    return router


async def _content(file: UploadFile) -> bytes:
    content = await file.read(_MAX_FILE_BYTES + 1)
    if len(content) > _MAX_FILE_BYTES:
        raise TooLargeError(f"A statement may have at most {_MAX_FILE_BYTES // 2**20} MiB. Export a shorter period.")
    return content
