"""Tools about loans: instalments, tables, prepayments, and the loans on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import Field

from services.financial.application.get_account import GetAccountRequest
from services.financial.application.loans.calculate_loan import CalculateLoanRequest
from services.financial.application.loans.calculate_prepayment import MAX_PREPAYMENTS, CalculatePrepaymentRequest
from services.financial.application.loans.list_loans import ListLoansRequest
from services.financial.application.loans.loan_source import LoanSource
from services.financial.application.loans.set_loan_terms import SetLoanTermsRequest
from services.financial.application.loans.views import LoansView, LoanView, PrepaymentView
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.account import AccountType
from services.financial.domain.loans.repositories import NotALoanAccountError
from services.financial.domain.loans.schedule import InstalmentRounding, Prepayment, PrepaymentMode, schedule
from services.financial.domain.loans.terms import MAX_MONTHS, LoanPurpose, LoanTerms
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from services.shared.domain.written import written
from tools.arguments import Amount
from tools.profile import NoArguments
from tools.tool import Preview, Tool, ToolArguments
from tools.writes import finance_write

_ANY_DAY: Final = date(2000, 1, 1)
_LISTED: Final = 24


class LoanArguments(ToolArguments):
    """A loan on record by its account_id, or principal, annual_rate_percent and months."""

    account_id: UUID | None = Field(default=None, description="of a loan in list_loans")
    principal: Amount | None = None
    annual_rate_percent: Amount | None = Field(default=None, description="nominal, such as 8.5")
    months: int | None = Field(default=None, ge=1, le=MAX_MONTHS)
    first_due_on: date | None = Field(default=None, description="day of the first instalment; today when not said")
    rounding: InstalmentRounding = InstalmentRounding.PAISA

    def source(self) -> LoanSource:
        """Where the terms come from; InvalidInputError unless it is exactly one place, and whole."""
        given = (self.principal, self.annual_rate_percent, self.months)
        account = AccountId(self.account_id) if self.account_id else None
        if self.principal is None or self.annual_rate_percent is None or self.months is None:
            return LoanSource(account_id=None if any(one is not None for one in given) else account)
        terms = LoanTerms(
            principal=self.principal,
            annual_rate_percent=self.annual_rate_percent,
            months=self.months,
            first_due_on=self.first_due_on or _ANY_DAY,
        )
        return LoanSource(terms=terms, account_id=account, from_today=self.first_due_on is None)


class CalculateLoanArguments(LoanArguments):
    """The loan, a fee, and which instalments are to be listed."""

    fee: Amount | None = Field(default=None, description="processing fee, taken off what was paid out")
    table_from: int | None = Field(
        default=None, ge=1, le=MAX_MONTHS, description="list 24 instalments, from that number on"
    )


class PrepaymentArguments(ToolArguments):
    """Money besides an instalment."""

    after_instalment: int = Field(ge=1, le=MAX_MONTHS, description="number of the instalment, 1 is the first")
    amount: Amount


class CalculatePrepaymentArguments(LoanArguments):
    """The loan and the prepayments."""

    prepayments: list[PrepaymentArguments] = Field(min_length=1, max_length=MAX_PREPAYMENTS)
    mode: PrepaymentMode = PrepaymentMode.REDUCE_TENURE


class LoanTermsArguments(ToolArguments):
    """What was agreed for a loan account."""

    account_id: UUID = Field(description="account_id from list_accounts, of type loan")
    principal: Amount
    annual_rate_percent: Amount
    months: int = Field(ge=1, le=MAX_MONTHS)
    first_due_on: date
    purpose: LoanPurpose = LoanPurpose.OTHER

    def terms(self) -> LoanTerms:
        """The domain's terms; InvalidInputError for figures out of bounds."""
        return LoanTerms(**self.model_dump(exclude={"account_id"}))


def loan_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over loans."""
    return [*_calculators(finance), _list_loans(finance), _set_terms(finance)]


def _calculators(finance: FinancialUseCases) -> list[Tool[Any]]:
    async def calculate_loan(identity: Identity, wanted: CalculateLoanArguments) -> LoanView:
        request = CalculateLoanRequest(
            user_id=identity.user_id,
            source=wanted.source(),
            rounding=wanted.rounding,
            with_table=wanted.table_from is not None,
        )
        if wanted.fee is not None:
            request = replace(request, fee=wanted.fee)
        view = await finance.loans.calculate_loan(request)
        first = (wanted.table_from or 1) - 1
        return replace(view, instalments=view.instalments[first : first + _LISTED])

    async def calculate_prepayment(identity: Identity, wanted: CalculatePrepaymentArguments) -> PrepaymentView:
        return await finance.loans.calculate_prepayment(
            CalculatePrepaymentRequest(
                user_id=identity.user_id,
                source=wanted.source(),
                prepayments=[Prepayment(one.after_instalment, one.amount) for one in wanted.prepayments],
                mode=wanted.mode,
                rounding=wanted.rounding,
            )
        )

    return [
        Tool(
            name="calculate_loan",
            description="EMI of a loan, total interest, interest by financial year, effective yearly rate, table.",
            scope="finance:read",
            arguments=CalculateLoanArguments,
            run=calculate_loan,
        ),
        Tool(
            name="calculate_prepayment",
            description="What prepaying a loan saves: interest and months, or a lower EMI.",
            scope="finance:read",
            arguments=CalculatePrepaymentArguments,
            run=calculate_prepayment,
        ),
    ]


def _list_loans(finance: FinancialUseCases) -> Tool[Any]:
    async def list_loans(identity: Identity, _: NoArguments) -> LoansView:
        return await finance.loans.list_loans(ListLoansRequest(user_id=identity.user_id))

    return Tool(
        name="list_loans",
        description="The person's loans: EMI, what is owed, next due day, instalments left, this year's interest.",
        scope="finance:read",
        arguments=NoArguments,
        run=list_loans,
    )


def _set_terms(finance: FinancialUseCases) -> Tool[Any]:
    async def set_loan_terms(identity: Identity, wanted: LoanTermsArguments) -> LoansView:
        request = SetLoanTermsRequest(
            user_id=identity.user_id, account_id=AccountId(wanted.account_id), terms=wanted.terms()
        )
        await finance.loans.set_loan_terms(request)
        return await finance.loans.list_loans(ListLoansRequest(user_id=identity.user_id))

    async def preview(identity: Identity, wanted: LoanTermsArguments) -> Preview:
        request = GetAccountRequest(user_id=identity.user_id, account_id=AccountId(wanted.account_id))
        account = await finance.get_account(request)
        if account.account_type is not AccountType.LOAN:
            raise NotALoanAccountError
        terms = wanted.terms()
        return Preview(
            f"Record the terms of the loan '{account.name}'.",
            (
                ("Principal", written(terms.principal)),
                ("Rate", f"{terms.annual_rate_percent.normalize():f} % a year"),
                ("Months", str(terms.months)),
                ("First instalment", str(terms.first_due_on)),
                ("EMI", written(schedule(terms)[0].payment)),
            ),
        )

    return finance_write(
        "set_loan_terms",
        "Record what was agreed for a loan account: principal, rate, months, first instalment.",
        LoanTermsArguments,
        set_loan_terms,
        preview,
    )
