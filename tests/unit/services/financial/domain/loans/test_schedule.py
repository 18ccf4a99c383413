"""Instalments against published figures and an oracle in floating point, and tables that end at exactly 0."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import brentq

from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.loans.rates import all_in_rate_percent, effective_annual_rate_percent
from services.financial.domain.loans.schedule import (
    InstalmentRounding,
    Prepayment,
    PrepaymentMode,
    by_financial_year,
    emi,
    owed_on,
    schedule,
    totals,
)
from services.financial.domain.loans.terms import LoanTerms
from services.shared.domain.errors import InvalidInputError

FIRST = date(2026, 1, 31)


def a_loan(principal: str = "1000000", rate: str = "9", months: int = 120, first: date = FIRST) -> LoanTerms:
    return LoanTerms(principal=Decimal(principal), annual_rate_percent=Decimal(rate), months=months, first_due_on=first)


# Figures of banks' published EMI tables, which round to the nearest rupee: a lakh at 8.5 % over 20 years is 868, ten
# lakh at 10.5 % over 10 years 13,493, and ten lakh at 7.2 % over 10 years 11,714.
@pytest.mark.parametrize(
    ("principal", "rate", "months", "published"),
    [("100000", "8.5", 240, 868), ("1000000", "10.5", 120, 13493), ("1000000", "7.2", 120, 11714)],
)
def test_published_instalments(principal: str, rate: str, months: int, published: int) -> None:
    loan = a_loan(principal, rate, months)

    assert abs(emi(loan.principal, loan.monthly_rate, months) - published) < Decimal("0.51")


def test_without_interest_and_to_the_rupee() -> None:
    assert emi(Decimal(1000), Decimal(0), 3) == Decimal("333.34")
    assert emi(Decimal(1000), Decimal(0), 3, InstalmentRounding.RUPEE) == 334
    assert emi(Decimal(1200), Decimal(0), 12) == 100
    assert [row.payment for row in schedule(a_loan("1000", "0", 3))] == [
        Decimal("333.34"),
        Decimal("333.34"),
        Decimal("333.32"),
    ]


def test_due_days_keep_the_day_of_the_month() -> None:
    days = [row.due_on for row in schedule(a_loan(months=4))]

    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_ten_thousand_tables_end_at_nothing_and_agree_with_an_oracle() -> None:
    """The oracle knows no formula: it pays a loan off month by month, and asks which payment leaves nothing."""
    chance = random.Random(9)
    for number in range(10_000):
        months = chance.randint(60, 360) if number % 50 == 0 else chance.choice((1, 2, 6, 12, 18))
        rate = Decimal(chance.randint(0, 3600 if months < 60 else 2000)).scaleb(-2)
        loan = a_loan(f"{chance.randint(100, 10**7)}", f"{rate}", months)
        rows = schedule(loan)
        sums = totals(rows)
        monthly = float(rate) / 1200
        exact = even_payment(float(loan.principal), monthly, months)

        assert rows[-1].balance == 0
        assert sums["principal"] == loan.principal
        assert sums["payment"] == loan.principal + sums["interest"]
        assert all(row.payment == row.interest + row.principal for row in rows)
        if len(rows) > 1:
            assert exact * (1 - 1e-9) <= float(rows[0].payment) <= exact * (1 + 1e-9) + 0.01
        assert abs(float(rows[-1].payment) - exact) <= 0.02 * months * (1 + monthly) ** months + 0.01
        assert all(earlier.balance > later.balance for earlier, later in pairwise(rows))


def even_payment(principal: float, monthly: float, months: int) -> float:
    """What is left after the last month falls evenly with the payment: two trials give the one that leaves nothing."""

    def left(payment: float) -> float:
        balance = principal
        for _ in range(months):
            balance += balance * monthly - payment
        return balance

    nothing, something = left(0.0), left(principal / months)
    return principal / months * nothing / (nothing - something)


def test_long_tables_end_at_nothing() -> None:
    chance = random.Random(10)
    for _ in range(60):
        loan = a_loan(f"{chance.randint(10**5, 10**8)}", f"{chance.randint(500, 2000) / 100}", chance.randint(60, 360))
        rows = schedule(loan)
        balance = np.float64(loan.principal)
        for row in rows[:-1]:
            balance = balance * (1 + float(loan.monthly_rate)) - float(row.payment)

        assert rows[-1].balance == 0
        assert totals(rows)["principal"] == loan.principal
        rate = float(loan.monthly_rate)
        drift = 0.005 * ((1 + rate) ** len(rows) - 1) / rate
        assert float(rows[-2].balance) == pytest.approx(float(balance), abs=drift)


def test_prepayments_conserve_money_and_never_cost_more() -> None:
    chance = random.Random(12)
    for _ in range(10_000):
        loan = a_loan(f"{chance.randint(10**4, 10**7)}", f"{chance.randint(0, 2400) / 100}", chance.randint(4, 24))
        before = schedule(loan)
        number = chance.randint(1, len(before) - 1)
        most = before[number - 1].balance
        amount = (most * chance.randint(1, 100) / 100).quantize(Decimal("0.01"))
        if amount == 0:
            continue
        for mode in PrepaymentMode:
            after = schedule(loan, [Prepayment(number, amount)], mode)
            sums = totals(after)
            assert after[-1].balance == 0
            assert sums["principal"] + sums["prepaid"] == loan.principal
            assert sums["interest"] <= totals(before)["interest"] + Decimal("0.5")
            assert len(after) <= len(before)
            if mode is PrepaymentMode.REDUCE_EMI and number < len(after):
                assert after[number].payment <= before[number].payment + Decimal("0.01")


def test_what_a_prepayment_saves() -> None:
    """Ten lakh at 9 % over 10 years, two lakh after the first year: the same instalment ends it earlier."""
    loan = a_loan()
    shorter = schedule(loan, [Prepayment(12, Decimal(200000))])
    lower = schedule(loan, [Prepayment(12, Decimal(200000))], PrepaymentMode.REDUCE_EMI)

    assert schedule(loan)[0].payment == shorter[12].payment == Decimal("12667.58")
    # NPER(0.75 %, 12667.58, -734758.66) = 76.4 after the prepayment.
    assert len(shorter) == 12 + 77
    assert len(lower) == 120
    assert lower[12].payment < shorter[12].payment
    assert totals(shorter)["interest"] < totals(lower)["interest"] < totals(schedule(loan))["interest"]


def test_a_prepayment_of_everything_ends_the_loan() -> None:
    balance = schedule(a_loan())[5].balance

    assert len(schedule(a_loan(), [Prepayment(6, balance)])) == 6


@pytest.mark.parametrize(
    "prepayments",
    [
        [Prepayment(1, Decimal(0))],
        [Prepayment(1, Decimal("-5"))],
        [Prepayment(121, Decimal(5))],
        [Prepayment(0, Decimal(5))],
        [Prepayment(119, Decimal(500000))],
        [Prepayment(1, Decimal("NaN"))],
        [Prepayment(6, Decimal(900000)), Prepayment(7, Decimal(900000))],
    ],
)
def test_prepayments_that_cannot_be_are_refused(prepayments: list[Prepayment]) -> None:
    with pytest.raises(InvalidInputError):
        schedule(a_loan(), prepayments)


@pytest.mark.parametrize(
    ("principal", "rate", "months"),
    [("0", "9", 12), ("-1", "9", 12), ("5", "-1", 12), ("5", "101", 12), ("5", "9", 601)],
)
def test_terms_that_cannot_be_are_refused(principal: str, rate: str, months: int) -> None:
    with pytest.raises(InvalidInputError):
        a_loan(principal, rate, months)


def test_years_and_what_is_owed() -> None:
    loan = a_loan(months=24)
    rows = schedule(loan)
    years = by_financial_year(rows)

    assert [str(one.year) for one in years] == ["2025-26", "2026-27", "2027-28"]
    assert sum(one.interest for one in years) == totals(rows)["interest"]
    assert sum(one.principal for one in years) == loan.principal
    assert years[0].balance == rows[2].balance
    assert FinancialYear.of(rows[3].due_on) == years[1].year
    assert owed_on(loan, rows, date(2025, 12, 30)) == 0
    assert owed_on(loan, rows, date(2026, 1, 30)) == loan.principal
    assert owed_on(loan, rows, date(2026, 2, 28)) == rows[1].balance


def test_effective_rates() -> None:
    """EFFECT(12 %, 12) of spreadsheets is 12.6825 %, EFFECT(5.25 %, 4) 5.3543 %."""
    assert effective_annual_rate_percent(Decimal(12)) == Decimal("12.6825")
    assert effective_annual_rate_percent(Decimal("5.25"), 4) == Decimal("5.3543")
    assert effective_annual_rate_percent(Decimal(0)) == 0


def test_a_fee_raises_the_all_in_rate() -> None:
    loan = a_loan(months=36)
    rows = schedule(loan)
    with_fee = all_in_rate_percent(loan, rows, Decimal(20000))
    days = np.array([(row.due_on - loan.paid_out_on).days / 365 for row in rows])
    paid = np.array([float(row.payment) for row in rows])
    oracle = brentq(lambda r: 980000 - float((paid / (1 + r) ** days).sum()), 0.0, 1.0)

    assert with_fee is not None
    assert float(with_fee) == pytest.approx(oracle * 100, abs=0.006)
    assert with_fee > (all_in_rate_percent(loan, rows, Decimal(0)) or 0)
