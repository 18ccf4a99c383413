"""Where a loan's terms come from: the request, or the record of a loan account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.financial.domain.loans.repositories import LoanNotFoundError, LoanReader
from services.financial.domain.loans.terms import LoanTerms
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import AccountId, UserId


@dataclass(frozen=True, slots=True)
class LoanSource:
    """Exactly one of both; InvalidInputError otherwise.

    With `from_today` the first instalment is due on the day of asking, whatever the terms say.
    """

    terms: LoanTerms | None = None
    account_id: AccountId | None = None
    from_today: bool = False

    def __post_init__(self) -> None:
        if (self.terms is None) == (self.account_id is None):
            raise InvalidInputError(
                "Give either account_id, or all of principal, annual_rate_percent, months and first_due_on.",
                extra={"field": "account_id"},
            )

    async def terms_of(self, reader: LoanReader, user_id: UserId, day: date) -> LoanTerms:
        """The terms; LoanNotFoundError when none of the person's loan accounts has this id."""
        if self.terms is not None:
            return replace(self.terms, first_due_on=day) if self.from_today else self.terms
        found = [one.terms for one in await reader.loans(user_id) if one.account_id == self.account_id]
        if not found:
            raise LoanNotFoundError
        return found[0]
