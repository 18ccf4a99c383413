"""Routes that record investments, and list what is on record."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.financial.application.investments.delete_investment_transaction import (
    DeleteInvestmentTransactionRequest,
)
from services.financial.application.investments.list_investment_transactions import (
    MAX_LIMIT,
    ListInvestmentTransactionsRequest,
)
from services.financial.application.investments.set_fair_value import SetFairValueRequest
from services.financial.application.investments.use_cases import InvestmentUseCases
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.transaction import InvestmentTransactionId
from services.financial.presentation.investments.bodies import (
    FairValueBody,
    RecordHoldingsBody,
    RecordTransactionsBody,
)
from services.financial.presentation.investments.responses import (
    InvestmentPageResponse,
    RecordedHoldingsResponse,
    RecordedInvestmentsResponse,
)
from services.shared.domain.ids import AccountId
from services.shared.infrastructure.problem import problem_responses


def add_record_routes(router: APIRouter, use_cases: InvestmentUseCases, caller: Any) -> None:
    """Transactions, snapshots, values of 2018."""
    _add_account_routes(router, use_cases, caller)

    @router.get("/transactions", summary="List investment transactions")
    async def list_transactions(
        user: caller,
        account_id: UUID | None = None,
        instrument_id: UUID | None = None,
        cursor: Annotated[str | None, Query(max_length=200, description="next_cursor of the page before.")] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    ) -> InvestmentPageResponse:
        """One page, newest first."""
        request = ListInvestmentTransactionsRequest(
            user_id=user.user_id,
            account_id=AccountId(account_id) if account_id else None,
            instrument_id=InstrumentId(instrument_id) if instrument_id else None,
            cursor=cursor,
            limit=limit,
        )
        return InvestmentPageResponse.model_validate(await use_cases.list_investment_transactions(request))

    @router.delete(
        "/transactions/{transaction_id}",
        status_code=204,
        responses=problem_responses(404),
        summary="Remove an investment transaction",
    )
    async def delete_transaction(user: caller, transaction_id: UUID) -> None:
        """Remove a transaction that was recorded by mistake."""
        wanted = InvestmentTransactionId(transaction_id)
        await use_cases.delete_investment_transaction(
            DeleteInvestmentTransactionRequest(user_id=user.user_id, transaction_id=wanted)
        )

    @router.put(
        "/instruments/{instrument_id}/fair-value-2018",
        status_code=204,
        responses=problem_responses(400, 404),
        summary="Record the value of 31 January 2018",
    )
    async def set_fair_value(user: caller, instrument_id: UUID, body: FairValueBody) -> None:
        """What a unit was worth on the day that old shares and equity funds may take as their cost."""
        await use_cases.set_fair_value(
            SetFairValueRequest(user_id=user.user_id, instrument_id=InstrumentId(instrument_id), value=body.value)
        )


def _add_account_routes(router: APIRouter, use_cases: InvestmentUseCases, caller: Any) -> None:
    @router.post(
        "/accounts/{account_id}/transactions",
        responses=problem_responses(400, 404, 413),
        summary="Record investment transactions",
    )
    async def record_transactions(
        user: caller, account_id: UUID, body: RecordTransactionsBody
    ) -> RecordedInvestmentsResponse:
        """Add what is new in a batch, all of it or nothing. Recording it again adds nothing twice."""
        request = body.to_request(user.user_id, AccountId(account_id))
        return RecordedInvestmentsResponse.model_validate(await use_cases.record_investment_transactions(request))

    @router.put(
        "/accounts/{account_id}/holdings", responses=problem_responses(400, 404, 413), summary="Record holdings"
    )
    async def record_holdings(user: caller, account_id: UUID, body: RecordHoldingsBody) -> RecordedHoldingsResponse:
        """Say all that the account holds on a day, in the place of what was said of that day before."""
        request = body.to_request(user.user_id, AccountId(account_id))
        return RecordedHoldingsResponse.model_validate(await use_cases.record_holdings(request))
