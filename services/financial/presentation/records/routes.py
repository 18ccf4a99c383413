"""Routes of what people do to their transactions by hand."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.financial.application.records.delete_transaction import DeleteTransactionRequest
from services.financial.application.records.get_history import GetTransactionHistoryRequest
from services.financial.application.records.get_transaction import GetTransactionRequest
from services.financial.application.records.recategorise_transactions import RecategoriseTransactionsRequest
from services.financial.application.records.restore_transaction import RestoreTransactionRequest
from services.financial.application.records.use_cases import RecordUseCases
from services.financial.presentation.records.bodies import (
    AddTransactionBody,
    EditTransactionBody,
    RestoreBody,
    SplitBody,
    own_id,
)
from services.financial.presentation.records.bulk_bodies import RecategoriseAllBody
from services.financial.presentation.records.export_route import add_export_route
from services.financial.presentation.records.responses import BulkResponse, HistoryResponse
from services.financial.presentation.responses import TransactionResponse
from services.shared.domain.identity import Identity
from services.shared.domain.ids import TransactionId
from services.shared.infrastructure.problem import problem_responses

DryRun = Annotated[bool, Query(description="Only say how many would change.")]


def build_records_router(use_cases: RecordUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """What lies below `/transactions` besides the list."""
    router = APIRouter(prefix="/transactions", tags=["transactions"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]
    add_export_route(router, use_cases, caller)
    _add_entry_routes(router, use_cases, caller)
    _add_change_routes(router, use_cases, caller)
    _add_history_routes(router, use_cases, caller)
    return router


def _add_entry_routes(router: APIRouter, use_cases: RecordUseCases, caller: Any) -> None:
    @router.post("", status_code=201, responses=problem_responses(400, 404, 413, 422), summary="Enter by hand")
    async def add(user: caller, body: AddTransactionBody) -> TransactionResponse:
        """Record what no statement has, such as cash; the account's balance follows."""
        return TransactionResponse.model_validate(await use_cases.add_transaction(body.to_request(user.user_id)))

    @router.get("/{transaction_id}", responses=problem_responses(404, 422), summary="Read a transaction")
    async def get(user: caller, transaction_id: UUID) -> TransactionResponse:
        """One transaction with its note, tags and parts."""
        request = GetTransactionRequest(user_id=user.user_id, transaction_id=TransactionId(transaction_id))
        return TransactionResponse.model_validate(await use_cases.get_transaction(request))

    @router.delete(
        "/{transaction_id}", status_code=204, responses=problem_responses(404, 409, 422), summary="Delete an entry"
    )
    async def delete(user: caller, transaction_id: UUID) -> None:
        """Delete what was entered by hand; its history stays, and it can be restored."""
        await use_cases.delete_transaction(
            DeleteTransactionRequest(user_id=user.user_id, transaction_id=TransactionId(transaction_id))
        )


def _add_change_routes(router: APIRouter, use_cases: RecordUseCases, caller: Any) -> None:
    @router.patch("/{transaction_id}", responses=problem_responses(400, 404, 409, 413, 422), summary="Edit")
    async def edit(user: caller, transaction_id: UUID, body: EditTransactionBody) -> TransactionResponse:
        """Change category, payee, note or tags; of an entry by hand also the rest. No rule changes it again."""
        request = body.to_request(user.user_id, transaction_id)
        return TransactionResponse.model_validate(await use_cases.edit_transaction(request))

    @router.put("/{transaction_id}/parts", responses=problem_responses(400, 404, 413, 422), summary="Split")
    async def split(user: caller, transaction_id: UUID, body: SplitBody) -> TransactionResponse:
        """Split a transaction over categories, in parts that add up exactly; no parts put it together again."""
        request = body.to_request(user.user_id, transaction_id)
        return TransactionResponse.model_validate(await use_cases.split_transaction(request))

    @router.post("/recategorise", responses=problem_responses(400, 404, 413, 422), summary="Recategorise many")
    async def recategorise(user: caller, body: RecategoriseAllBody, dry_run: DryRun = False) -> BulkResponse:
        """Set one category on all transactions that match, at most 10,000; try it with `dry_run` first."""
        request = RecategoriseTransactionsRequest(
            wanted=body.matching.to_filter(user.user_id),
            category=body.category,
            own_category_id=own_id(body.own_category_id),
            dry_run=dry_run,
        )
        return BulkResponse.model_validate(await use_cases.recategorise_transactions(request))


def _add_history_routes(router: APIRouter, use_cases: RecordUseCases, caller: Any) -> None:
    @router.get("/{transaction_id}/history", responses=problem_responses(404, 422), summary="History")
    async def history(user: caller, transaction_id: UUID) -> HistoryResponse:
        """Every change: who made it when, and how the transaction was before and after."""
        request = GetTransactionHistoryRequest(user_id=user.user_id, transaction_id=TransactionId(transaction_id))
        return HistoryResponse.model_validate(await use_cases.get_transaction_history(request))

    @router.post("/{transaction_id}/restore", responses=problem_responses(400, 404, 413, 422), summary="Undo")
    async def restore(user: caller, transaction_id: UUID, body: RestoreBody) -> TransactionResponse:
        """Put a transaction, also a deleted one, back to how it was after a version."""
        request = RestoreTransactionRequest(
            user_id=user.user_id, transaction_id=TransactionId(transaction_id), version=body.version
        )
        return TransactionResponse.model_validate(await use_cases.restore_transaction(request))
