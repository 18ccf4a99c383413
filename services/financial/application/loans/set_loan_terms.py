"""Command: record what was agreed for the loan of an account."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.domain.account import AccountType
from services.financial.domain.errors import AccountNotFoundError
from services.financial.domain.loans.events import LoanTermsSet
from services.financial.domain.loans.repositories import LoansUnitOfWorkFactory, NotALoanAccountError
from services.financial.domain.loans.terms import LoanTerms
from services.shared.domain.clock import Clock
from services.shared.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLoanTermsRequest:
    """The terms, in the place of any before."""

    user_id: UserId
    account_id: AccountId
    terms: LoanTerms


class SetLoanTerms:
    """Keeps the terms; the balance of the account stays what its statements say."""

    def __init__(self, unit_of_work: LoansUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: SetLoanTermsRequest) -> None:
        """AccountNotFoundError, or NotALoanAccountError for an account of another type."""
        terms = request.terms
        async with self._unit_of_work() as unit:
            account = await unit.accounts.get(request.user_id, request.account_id)
            if account is None:
                raise AccountNotFoundError
            if account.account_type is not AccountType.LOAN:
                raise NotALoanAccountError
            await unit.loans.save(request.user_id, request.account_id, terms, self._clock.now())
            unit.record(
                LoanTermsSet(
                    user_id=request.user_id,
                    account_id=request.account_id,
                    purpose=terms.purpose,
                    principal=terms.principal,
                    annual_rate_percent=terms.annual_rate_percent,
                    months=terms.months,
                    first_due_on=terms.first_due_on,
                )
            )
            await unit.commit()
