"""What a person's own records hint at: payments that a section may let off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.financial.application.investments.readers import InvestmentReader
from services.financial.application.readers import FinanceReader
from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.investments.transaction import InvestmentType
from services.financial.domain.loans.repositories import LoanReader
from services.financial.domain.loans.schedule import by_financial_year, schedule
from services.financial.domain.loans.terms import LoanPurpose
from services.financial.domain.tax.deductions import Section
from services.financial.domain.tax.hints import DeductionHint, PayeeTotal, find_hints, hint_categories
from services.shared.domain.ids import UserId

_PURCHASES = frozenset({InvestmentType.BUY, InvestmentType.SIP, InvestmentType.SWITCH_IN})


class DeductionHints(Protocol):
    """Finds hints in records."""

    async def find(self, user_id: UserId, year: FinancialYear, until: date) -> Sequence[DeductionHint]:
        """Those of the year, up to the end of a day of it, the largest first."""
        ...


@dataclass(frozen=True, slots=True)
class RecordedHints:
    """Implements DeductionHints from bank transactions, purchases of ELSS funds, and the terms of home loans.

    An ELSS fund that was bought shows in the bank's records and among the investments: where the investments show any,
    payees that name ELSS are left out, so that nothing counts twice. Interest and principal of a home loan are those
    of its table up to the day, whatever was really paid.
    """

    finance: FinanceReader
    investments: InvestmentReader
    loans: LoanReader

    async def find(self, user_id: UserId, year: FinancialYear, until: date) -> Sequence[DeductionHint]:
        """Read the payees of each category, the portfolio and the loans."""
        if until < year.first:
            return []
        until = min(until, year.last)
        elss = await self._elss(user_id, year, until)
        payees = find_hints(await self._payees(user_id, year, until))
        if elss:
            payees = [one for one in payees if "elss" not in one.payee.casefold()]
        found = [*elss, *payees, *await self._home_loans(user_id, year, until)]
        return sorted(found, key=lambda hint: (-hint.amount, hint.payee))

    async def _payees(self, user_id: UserId, year: FinancialYear, until: date) -> list[PayeeTotal]:
        totals = []
        for category in sorted(hint_categories(), key=lambda one: one.value):
            totals += await self._payees_of(category, user_id, year, until)
        return totals

    async def _payees_of(
        self, category: Category, user_id: UserId, year: FinancialYear, until: date
    ) -> list[PayeeTotal]:
        wanted = TransactionFilter(user_id=user_id, start=year.first, end=until, categories=frozenset({category}))
        groups = await self.finance.totals(wanted, Grouping.PAYEE, "INR")
        return [PayeeTotal(group.key, category, -group.amount.amount) for group in groups]

    async def _elss(self, user_id: UserId, year: FinancialYear, until: date) -> list[DeductionHint]:
        portfolio = await self.investments.portfolio(user_id, until)
        sums: dict[str, Decimal] = {}
        for one in portfolio.in_currency("INR"):
            instrument = portfolio.instruments[one.instrument_id]
            described = f"{portfolio.categories.get(instrument.id, '')} {instrument.name}".casefold()
            if one.type in _PURCHASES and one.traded_on in year and ("elss" in described or "tax saver" in described):
                sums[instrument.name] = sums.get(instrument.name, Decimal("0.00")) + one.amount
        return [DeductionHint(Section.C80, name, amount) for name, amount in sums.items()]

    async def _home_loans(self, user_id: UserId, year: FinancialYear, until: date) -> list[DeductionHint]:
        found = []
        for loan in await self.loans.loans(user_id):
            if loan.terms.purpose is not LoanPurpose.HOME or loan.currency != "INR":
                continue
            due = [row for row in schedule(loan.terms) if row.due_on <= until]
            for paid in by_financial_year(due):
                if paid.year == year:
                    found.append(DeductionHint(Section.B_24, f"{loan.account}: interest", paid.interest))
                    found.append(DeductionHint(Section.C80, f"{loan.account}: principal", paid.principal))
        return found
