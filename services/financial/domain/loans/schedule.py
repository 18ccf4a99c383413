"""Equated monthly instalments and the table of what each of them pays.

The instalment is that of an annuity in arrears, P r (1 + r)^n / ((1 + r)^n - 1), which the Reserve Bank's and banks'
calculators use (reducing balance, monthly rests); without interest it is P / n. It is rounded up to the next paisa, or
to the next rupee where that is asked for, as lenders do. The interest of a month is rounded half to even to the paisa.
The last instalment takes whatever rounding leaves, so that the balance ends at exactly 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal, localcontext
from enum import StrEnum
from typing import Final

from services.financial.domain.calendar_months import add_months
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.loans.terms import LoanTerms
from services.shared.domain.errors import InvalidInputError

_PAISA: Final = Decimal("0.01")
_DIGITS: Final = 50


class InstalmentRounding(StrEnum):
    """What the instalment is rounded up to."""

    PAISA = "paisa"
    RUPEE = "rupee"


class PrepaymentMode(StrEnum):
    """What a prepayment lowers: how long instalments are paid, or how large they are."""

    REDUCE_TENURE = "reduce_tenure"
    REDUCE_EMI = "reduce_emi"


@dataclass(frozen=True, slots=True)
class Prepayment:
    """Money paid besides the instalment of that number, on its day, and all of it off the principal."""

    after_instalment: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Instalment:
    """One line of the table. `balance` is what is owed after it; `prepaid` is besides `payment`."""

    number: int
    due_on: date
    payment: Decimal
    interest: Decimal
    principal: Decimal
    prepaid: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class YearOfLoan:
    """What is paid in a financial year."""

    year: FinancialYear
    interest: Decimal
    principal: Decimal
    balance: Decimal


def emi(
    principal: Decimal,
    monthly_rate: Decimal,
    months: int,
    rounding: InstalmentRounding = InstalmentRounding.PAISA,
) -> Decimal:
    """The instalment; `monthly_rate` is a fraction."""
    with localcontext() as context:
        context.prec = _DIGITS
        growth = (1 + monthly_rate) ** months
        exact = principal * monthly_rate * growth / (growth - 1) if monthly_rate else principal / months
        # Fifty digits do not hold every annuity exactly: what is a whole paisa but for their end is not rounded up.
        exact = exact.quantize(Decimal("1E-20"), ROUND_HALF_EVEN)
        step = _PAISA if rounding is InstalmentRounding.PAISA else Decimal(1)
        return exact.quantize(step, ROUND_CEILING).quantize(_PAISA)


def schedule(
    terms: LoanTerms,
    prepayments: Sequence[Prepayment] = (),
    mode: PrepaymentMode = PrepaymentMode.REDUCE_TENURE,
    rounding: InstalmentRounding = InstalmentRounding.PAISA,
) -> list[Instalment]:
    """The whole table; its principal and prepayments add up to the loan, and its last balance is 0.

    InvalidInputError for a prepayment of nothing, after an instalment that is not paid, or of more than is owed then.
    """
    extra = _by_instalment(terms, prepayments)
    payment = emi(terms.principal, terms.monthly_rate, terms.months, rounding)
    balance = terms.principal
    rows: list[Instalment] = []
    for number in range(1, terms.months + 1):
        interest = (balance * terms.monthly_rate).quantize(_PAISA, ROUND_HALF_EVEN)
        is_last = number == terms.months or balance + interest <= payment
        paid = balance + interest if is_last else payment
        balance -= paid - interest
        prepaid = extra.pop(number, Decimal("0.00"))
        if prepaid > balance:
            raise InvalidInputError(
                f"After instalment {number} only {balance:f} is owed: {prepaid:f} cannot be prepaid.",
                extra={"field": "prepayments"},
            )
        balance -= prepaid
        due_on = add_months(terms.first_due_on, number - 1)
        rows.append(Instalment(number, due_on, paid, interest, paid - interest, prepaid, balance))
        if balance == 0:
            break
        if prepaid and mode is PrepaymentMode.REDUCE_EMI:
            payment = emi(balance, terms.monthly_rate, terms.months - number, rounding)
    if extra:
        raise InvalidInputError(
            f"There is no instalment {min(extra)}: the last is {len(rows)}.", extra={"field": "prepayments"}
        )
    return rows


def by_financial_year(rows: Sequence[Instalment]) -> list[YearOfLoan]:
    """Interest and principal (prepayments included) of every financial year, and what is owed at its end."""
    years: dict[FinancialYear, list[Instalment]] = {}
    for row in rows:
        years.setdefault(FinancialYear.of(row.due_on), []).append(row)
    return [
        YearOfLoan(
            year,
            interest=sum((row.interest for row in paid), Decimal("0.00")),
            principal=sum((row.principal + row.prepaid for row in paid), Decimal("0.00")),
            balance=paid[-1].balance,
        )
        for year, paid in years.items()
    ]


def owed_on(terms: LoanTerms, rows: Sequence[Instalment], day: date) -> Decimal:
    """What is owed at the end of the day when every instalment is paid in time; 0 before the loan is paid out."""
    if day < terms.paid_out_on:
        return Decimal("0.00")
    paid = [row for row in rows if row.due_on <= day]
    return paid[-1].balance if paid else terms.principal


def _by_instalment(terms: LoanTerms, prepayments: Sequence[Prepayment]) -> dict[int, Decimal]:
    extra: dict[int, Decimal] = {}
    for one in prepayments:
        if not one.amount.is_finite() or one.amount <= 0 or one.amount > terms.principal:
            raise InvalidInputError(
                f"A prepayment must lie between 0.01 and {terms.principal:f}.", extra={"field": "prepayments"}
            )
        amount = one.amount.quantize(_PAISA)
        extra[one.after_instalment] = extra.get(one.after_instalment, Decimal("0.00")) + amount
    return extra


def totals(rows: Sequence[Instalment]) -> Mapping[str, Decimal]:
    """The sums of the table by column."""
    names = ("payment", "interest", "principal", "prepaid")
    return {name: sum((getattr(row, name) for row in rows), Decimal("0.00")) for name in names}
