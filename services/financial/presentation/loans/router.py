"""Routes of loans."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends

from services.financial.application.loans.list_loans import ListLoansRequest
from services.financial.application.loans.use_cases import LoanUseCases
from services.financial.presentation.loans.bodies import CalculateLoanBody, CalculatePrepaymentBody, LoanTermsBody
from services.financial.presentation.loans.responses import LoanResponse, LoansResponse, PrepaymentResponse
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.infrastructure.problem import problem_responses


def build_loan_router(use_cases: LoanUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/loans`."""
    router = APIRouter(prefix="/loans", tags=["loans"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", summary="List loans")
    async def list_loans(user: caller) -> LoansResponse:
        """Your loans by their terms: what is owed, what is due next, and this financial year's interest."""
        return LoansResponse.model_validate(await use_cases.list_loans(ListLoansRequest(user_id=user.user_id)))

    @router.put(
        "/accounts/{account_id}/terms",
        status_code=204,
        responses=problem_responses(400, 404, 413),
        summary="Record the terms of a loan",
    )
    async def set_terms(user: caller, account_id: UUID, body: LoanTermsBody) -> None:
        """Keep what was agreed for a loan account of yours, in the place of what was kept before."""
        await use_cases.set_loan_terms(body.to_request(user.user_id, AccountId(account_id)))

    @router.post("/emi", responses=problem_responses(400, 404, 413), summary="Work a loan out")
    async def calculate(user: caller, body: CalculateLoanBody) -> LoanResponse:
        """Instalment, interest by financial year, effective rates, and the table when asked for."""
        return LoanResponse.model_validate(await use_cases.calculate_loan(body.to_request(user.user_id)))

    @router.post("/prepayment", responses=problem_responses(400, 404, 413), summary="Work prepayments out")
    async def prepay(user: caller, body: CalculatePrepaymentBody) -> PrepaymentResponse:
        """What prepayments save, when they shorten the loan or lower its instalment."""
        return PrepaymentResponse.model_validate(await use_cases.calculate_prepayment(body.to_request(user.user_id)))

    return router
