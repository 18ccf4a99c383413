"""Response bodies of the loan routes; see the views for what each figure means."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from services.financial.domain.loans.schedule import InstalmentRounding, PrepaymentMode
from services.financial.domain.loans.terms import LoanPurpose
from services.financial.presentation.responses import Exact, ViewResponse


class InstalmentResponse(ViewResponse):
    """One instalment, and what is owed after it."""

    number: int
    due_on: date
    payment: Exact
    interest: Exact
    principal: Exact
    prepaid: Exact
    balance: Exact


class YearOfLoanResponse(ViewResponse):
    """What is paid in a financial year."""

    financial_year: str = Field(examples=["2026-27"])
    interest: Exact
    principal: Exact
    balance: Exact


class LoanResponse(ViewResponse):
    """A loan worked out from its terms."""

    principal: Exact
    annual_rate_percent: Exact
    months: int
    first_due_on: date
    last_due_on: date
    emi: Exact = Field(examples=["43391.17"])
    last_instalment: Exact
    rounding: InstalmentRounding
    total_interest: Exact
    total_paid: Exact
    fee: Exact
    effective_annual_rate_percent: Exact
    all_in_rate_percent: Exact | None
    years: list[YearOfLoanResponse]
    instalments: list[InstalmentResponse]


class PrepaymentResponse(ViewResponse):
    """A loan with and without prepayments."""

    mode: PrepaymentMode
    prepaid: Exact
    emi_before: Exact
    emi_after: Exact
    months_before: int
    months_after: int
    months_saved: int
    interest_before: Exact
    interest_after: Exact
    interest_saved: Exact
    last_due_on_before: date
    last_due_on_after: date
    instalments: list[InstalmentResponse]


class StoredLoanResponse(ViewResponse):
    """A loan on record as it stands by its terms."""

    account_id: UUID
    account: str
    purpose: LoanPurpose
    currency: str
    as_of: date
    principal: Exact
    annual_rate_percent: Exact
    months: int
    emi: Exact
    first_due_on: date
    next_due_on: date | None
    last_due_on: date
    instalments_left: int
    owed: Exact
    account_balance: Exact
    difference: Exact
    financial_year: str
    interest_of_year: Exact
    principal_of_year: Exact


class LoansResponse(ViewResponse):
    """The loans whose terms are on record."""

    as_of: date
    loans: list[StoredLoanResponse]
    left_out: list[str]
