"""Query: the loans on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.application.loans.views import LoansView, StoredLoanView
from services.financial.application.readers import FinanceReader
from services.financial.domain.account import AccountType
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.loans.repositories import LoanReader, StoredLoan
from services.financial.domain.loans.schedule import by_financial_year, owed_on, schedule
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLoansRequest:
    """As they stand today."""

    user_id: UserId


class ListLoans:
    """Answers with every loan account whose terms are on record."""

    def __init__(self, reader: LoanReader, finance: FinanceReader, clock: Clock) -> None:
        self._reader = reader
        self._finance = finance
        self._clock = clock

    async def __call__(self, request: ListLoansRequest) -> LoansView:
        """The loans by name."""
        day = today(self._clock)
        loans = await self._reader.loans(request.user_id)
        standings = {one.account.id: one for one in await self._finance.standings(request.user_id)}
        known = {loan.account_id for loan in loans}
        without = [
            one.account.name
            for one in standings.values()
            if one.account.account_type is AccountType.LOAN and one.account.id not in known
        ]
        views = (_view(loan, -standings[loan.account_id].balance.amount, day) for loan in loans)
        return LoansView(day, tuple(views), tuple(f"{name}: its terms are not on record." for name in without))


def _view(loan: StoredLoan, owed_by_account: Decimal, day: date) -> StoredLoanView:
    terms = loan.terms
    rows = schedule(terms)
    owed = owed_on(terms, rows, day)
    ahead = [row for row in rows if row.due_on > day]
    year = FinancialYear.of(day)
    of_year = next((one for one in by_financial_year(rows) if one.year == year), None)
    return StoredLoanView(
        account_id=loan.account_id,
        account=loan.account,
        purpose=terms.purpose,
        currency=loan.currency,
        as_of=day,
        principal=terms.principal,
        annual_rate_percent=terms.annual_rate_percent,
        months=terms.months,
        emi=rows[0].payment,
        first_due_on=terms.first_due_on,
        next_due_on=ahead[0].due_on if ahead else None,
        last_due_on=rows[-1].due_on,
        instalments_left=len(ahead),
        owed=owed,
        account_balance=owed_by_account,
        difference=owed_by_account - owed,
        financial_year=str(year),
        interest_of_year=of_year.interest if of_year else Decimal("0.00"),
        principal_of_year=of_year.principal if of_year else Decimal("0.00"),
    )
