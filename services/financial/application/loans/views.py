"""What the queries over loans answer. Amounts are exact Decimals with two decimals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.domain.loans.schedule import InstalmentRounding, PrepaymentMode
from services.financial.domain.loans.terms import LoanPurpose
from services.shared.domain.ids import AccountId


@dataclass(frozen=True, slots=True)
class InstalmentView:
    """One line of the table; see Instalment."""

    number: int
    due_on: date
    payment: Decimal
    interest: Decimal
    principal: Decimal
    prepaid: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class YearOfLoanView:
    """What is paid in a financial year, and what is owed at its end."""

    financial_year: str
    interest: Decimal
    principal: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanView:
    """A loan worked out from its terms, every instalment paid in time.

    `effective_annual_rate_percent` compounds the monthly rate; `all_in_rate_percent` counts the fee besides.
    `instalments` is empty unless the table was asked for.
    """

    principal: Decimal
    annual_rate_percent: Decimal
    months: int
    first_due_on: date
    last_due_on: date
    emi: Decimal
    last_instalment: Decimal
    rounding: InstalmentRounding
    total_interest: Decimal
    total_paid: Decimal
    fee: Decimal
    effective_annual_rate_percent: Decimal
    all_in_rate_percent: Decimal | None
    years: tuple[YearOfLoanView, ...]
    instalments: tuple[InstalmentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepaymentView:
    """A loan with and without prepayments. What is saved is never negative."""

    mode: PrepaymentMode
    prepaid: Decimal
    emi_before: Decimal
    emi_after: Decimal
    months_before: int
    months_after: int
    months_saved: int
    interest_before: Decimal
    interest_after: Decimal
    interest_saved: Decimal
    last_due_on_before: date
    last_due_on_after: date
    instalments: tuple[InstalmentView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLoanView:
    """A loan on record, as it stands on `as_of` by its terms.

    `owed` is by the table; `account_balance` is what the account's statements say is owed (positive), which may differ
    after prepayments or a change of the rate, by `difference`. The interest and principal are of the financial year
    of `as_of`.
    """

    account_id: AccountId
    account: str
    purpose: LoanPurpose
    currency: str
    as_of: date
    principal: Decimal
    annual_rate_percent: Decimal
    months: int
    emi: Decimal
    first_due_on: date
    next_due_on: date | None
    last_due_on: date
    instalments_left: int
    owed: Decimal
    account_balance: Decimal
    difference: Decimal
    financial_year: str
    interest_of_year: Decimal
    principal_of_year: Decimal


@dataclass(frozen=True, slots=True)
class LoansView:
    """The loans whose terms are on record, by name; `left_out` names loan accounts without terms."""

    as_of: date
    loans: tuple[StoredLoanView, ...]
    left_out: tuple[str, ...]
