"""Ports through which the terms of a person's loans are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from services.financial.domain.loans.terms import LoanTerms
from services.financial.domain.repositories import AccountRepository
from services.shared.application.unit_of_work import UnitOfWork
from services.shared.domain.errors import InvalidInputError, NotFoundError
from services.shared.domain.ids import AccountId, UserId


class NotALoanAccountError(InvalidInputError):
    """Terms were to be kept for an account that is no loan."""

    code = "not-a-loan-account"

    def __init__(self) -> None:
        super().__init__("Only an account of type loan has the terms of a loan.", extra={"field": "account_id"})


class LoanNotFoundError(NotFoundError):
    """The terms of no such loan are on record."""

    code = "loan-not-found"

    def __init__(self) -> None:
        super().__init__(
            "The terms of no such loan are on record. PUT /api/v1/loans/accounts/{account_id}/terms records them."
        )


@dataclass(frozen=True, slots=True)
class StoredLoan:
    """The terms of a loan account, with the account's name and currency."""

    account_id: AccountId
    account: str
    currency: str
    terms: LoanTerms


class LoanRepository(Protocol):
    """Terms of loans."""

    async def save(self, user_id: UserId, account_id: AccountId, terms: LoanTerms, now: datetime) -> None:
        """Keep the terms in the place of any before."""
        ...


class LoansUnitOfWork(UnitOfWork, Protocol):
    """One transaction over accounts and the terms of loans."""

    accounts: AccountRepository
    loans: LoanRepository


LoansUnitOfWorkFactory = Callable[[], LoansUnitOfWork]


class LoanReader(Protocol):
    """Reads the terms of one person's loans; another person's do not exist for it."""

    async def loans(self, user_id: UserId) -> list[StoredLoan]:
        """All of them, by the account's name."""
        ...
