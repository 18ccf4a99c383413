"""Loans as a person types them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from api.cli.session import Session
from services.financial.application.list_accounts import ListAccountsRequest
from services.financial.application.loans.loan_source import LoanSource
from services.financial.application.loans.set_loan_terms import SetLoanTermsRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.domain.account import AccountType
from services.financial.domain.loans.schedule import Prepayment
from services.financial.domain.loans.terms import LoanPurpose, LoanTerms
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId
from services.shared.domain.money import Money

_ANY_DAY: Final = date(2000, 1, 1)


def decimal(text: str, field: str) -> Decimal:
    """A decimal number; grouping commas are accepted."""
    try:
        return Decimal(text.replace(",", "").strip())
    except InvalidOperation as error:
        raise InvalidInputError(f"{field} must be a decimal number such as 1234.50, not '{text}'.") from error


def loan_source(principal: str, rate: str, months: int, first: str | None) -> LoanSource:
    """The loan of the arguments, from today when no day is given."""
    terms = loan_terms(principal, rate, months, first or _ANY_DAY.isoformat(), LoanPurpose.OTHER.value)
    return LoanSource(terms=terms, from_today=first is None)


def loan_terms(principal: str, rate: str, months: int, first: str, purpose: str) -> LoanTerms:
    """The terms; InvalidInputError for what cannot be read."""
    try:
        day = date.fromisoformat(first)
    except ValueError as error:
        raise InvalidInputError(f"'{first}' is not a day such as 2026-12-05.") from error
    if purpose not in list(LoanPurpose):
        raise InvalidInputError(f"purpose must be one of {', '.join(LoanPurpose)}.")
    return LoanTerms(
        principal=decimal(principal, "principal"),
        annual_rate_percent=decimal(rate, "rate"),
        months=months,
        first_due_on=day,
        purpose=LoanPurpose(purpose),
    )


def parse_prepayments(texts: Sequence[str]) -> list[Prepayment]:
    """Read `12=200000`; InvalidInputError names the part that cannot be read."""
    found = []
    for text in texts:
        number, _, amount = text.partition("=")
        if not number.strip().isdecimal():
            raise InvalidInputError(f"'{text}' is not NUMBER=AMOUNT such as 12=200000.")
        found.append(Prepayment(int(number), decimal(amount, "the amount")))
    return found


async def keep_terms(session: Session, name: str, terms: LoanTerms) -> None:
    """Record the terms for the account of that name, which is made owing the principal when there is none."""
    finance, user_id = session.application.finance, session.identity.user_id
    known = await finance.list_accounts(ListAccountsRequest(user_id=user_id, name=name))
    same = [one.account_id for one in known.accounts if one.name.casefold() == name.casefold()]
    account_id = same[0] if same else await _open(session, name, terms)
    await finance.loans.set_loan_terms(SetLoanTermsRequest(user_id=user_id, account_id=account_id, terms=terms))


async def _open(session: Session, name: str, terms: LoanTerms) -> AccountId:
    made = await session.application.finance.open_account(
        OpenAccountRequest(
            user_id=session.identity.user_id,
            account_type=AccountType.LOAN,
            name=name,
            institution=name,
            opening_balance=-Money(terms.principal),
        )
    )
    return made.account_id
