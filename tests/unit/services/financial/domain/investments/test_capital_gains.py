"""Gains of a year against worked examples of the law, and what must hold of any of them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.investments.capital_gains import (
    CostBasis,
    GainBucket,
    TaxedDisposal,
    Term,
    buckets_of,
    sold_in,
    taxed_disposals,
)
from services.financial.domain.investments.fund_class import TaxClass
from services.financial.domain.investments.gain_rules import load_gain_rules
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.lots import Disposal, PositionKey
from services.shared.domain.errors import InvalidInputError
from tests.unit.services.financial.domain.investments.builders import ACCOUNT

RULES = load_gain_rules()
YEARS = [FinancialYear(year) for year in range(2018, 2027)]


def a_disposal(
    tax_class: TaxClass, bought: str, sold: str, cost: str, proceeds: str, units: str = "100", factor: str = "1"
) -> Disposal:
    number = list(TaxClass).index(tax_class) + 10
    return Disposal(
        key=PositionKey(ACCOUNT, InstrumentId(UUID(int=number)), ""),
        acquired_on=date.fromisoformat(bought),
        sold_on=date.fromisoformat(sold),
        units=Decimal(units),
        cost=Decimal(cost),
        proceeds=Decimal(proceeds),
        is_bonus=False,
        split_factor=Decimal(factor),
    )


CLASSES = {InstrumentId(UUID(int=number + 10)): one for number, one in enumerate(TaxClass)}


def taxed(*disposals: Disposal, fair_value: str | None = None) -> list[TaxedDisposal]:
    values = {key: Decimal(fair_value) for key in CLASSES} if fair_value else {}
    return taxed_disposals(disposals, CLASSES, values, RULES)


def one_bucket(*disposals: Disposal, fair_value: str | None = None) -> GainBucket:
    year = FinancialYear.of(disposals[0].sold_on)
    [bucket] = buckets_of(taxed(*disposals, fair_value=fair_value), year, RULES)
    return bucket


@pytest.mark.parametrize(
    ("tax_class", "bought", "sold", "term", "rate"),
    [
        # Equity: twelve months; rates changed on 23 July 2024.
        (TaxClass.EQUITY, "2023-06-15", "2024-06-15", Term.SHORT, "15"),
        (TaxClass.EQUITY, "2023-06-15", "2024-06-16", Term.LONG, "10"),
        (TaxClass.EQUITY, "2023-07-01", "2024-07-22", Term.LONG, "10"),
        (TaxClass.EQUITY, "2023-07-01", "2024-07-23", Term.LONG, "12.5"),
        (TaxClass.EQUITY, "2024-01-01", "2024-07-22", Term.SHORT, "15"),
        (TaxClass.EQUITY, "2024-01-01", "2024-07-23", Term.SHORT, "20"),
        (TaxClass.EQUITY, "2024-02-29", "2025-02-28", Term.SHORT, "20"),
        (TaxClass.EQUITY, "2024-02-29", "2025-03-01", Term.LONG, "12.5"),
        # Debt funds: bought since April 2023 always at the slab rate.
        (TaxClass.DEBT_FUND, "2023-04-01", "2026-10-01", Term.SHORT, None),
        (TaxClass.DEBT_FUND, "2023-03-31", "2026-10-01", Term.LONG, "12.5"),
        (TaxClass.DEBT_FUND, "2023-03-31", "2024-07-22", Term.SHORT, None),
        (TaxClass.DEBT_FUND, "2021-03-31", "2024-07-22", Term.LONG, "20"),
        (TaxClass.DEBT_FUND, "2022-08-01", "2024-07-23", Term.SHORT, None),
        (TaxClass.DEBT_FUND, "2022-07-01", "2024-07-23", Term.LONG, "12.5"),
        # Gold and foreign funds were specified funds until March 2025.
        (TaxClass.OTHER_FUND, "2023-04-01", "2025-03-31", Term.SHORT, None),
        (TaxClass.OTHER_FUND, "2023-03-01", "2025-03-31", Term.LONG, "12.5"),
        (TaxClass.OTHER_FUND, "2023-04-01", "2025-04-02", Term.LONG, "12.5"),
        (TaxClass.OTHER_ETF, "2024-04-01", "2025-04-02", Term.LONG, "12.5"),
        (TaxClass.OTHER_FUND, "2024-04-01", "2025-04-02", Term.SHORT, None),
        # Others.
        (TaxClass.BUSINESS_TRUST, "2022-07-01", "2024-07-22", Term.SHORT, "15"),
        (TaxClass.BUSINESS_TRUST, "2023-07-01", "2024-07-23", Term.LONG, "12.5"),
        (TaxClass.LISTED_BOND, "2023-01-01", "2024-07-01", Term.LONG, "10"),
        (TaxClass.FOREIGN_SHARE, "2022-07-23", "2024-07-24", Term.LONG, "12.5"),
        (TaxClass.SOVEREIGN_GOLD_BOND, "2023-07-01", "2024-07-24", Term.LONG, "12.5"),
        (TaxClass.OTHER, "2022-07-01", "2024-07-24", Term.LONG, "12.5"),
    ],
)
def test_term_and_rate(tax_class: TaxClass, bought: str, sold: str, term: Term, rate: str | None) -> None:
    [one] = taxed(a_disposal(tax_class, bought, sold, "100", "200"))

    assert (one.term, one.rate) == (term, None if rate is None else Decimal(rate))


# The four scenarios of the Board's FAQ of 4 February 2018 on long-term capital gains: cost 100, and the value of
# 31 January 2018, the price of sale, and the gain.
@pytest.mark.parametrize(
    ("fair_value", "sold_for", "gain"),
    [("200", "250", "50"), ("200", "150", "0"), ("50", "150", "50"), ("200", "50", "-50")],
)
def test_grandfathering_as_the_board_explains_it(fair_value: str, sold_for: str, gain: str) -> None:
    sale = a_disposal(TaxClass.EQUITY, "2017-01-01", "2018-04-01", "100", sold_for, units="1")
    [one] = taxed(sale, fair_value=fair_value)

    assert one.gain == Decimal(gain)


def test_grandfathering_counts_a_split_and_ends_with_january_2018() -> None:
    old = a_disposal(TaxClass.EQUITY, "2018-01-31", "2025-05-01", "1000", "9000", units="50", factor="5")
    new = a_disposal(TaxClass.EQUITY, "2018-02-01", "2025-05-01", "1000", "9000")

    by_old, by_new = taxed(old, new, fair_value="300")
    assert (by_old.basis, by_old.cost) == (CostBasis.GRANDFATHERED, Decimal(3000))
    assert (by_new.basis, by_new.cost) == (CostBasis.ACTUAL, Decimal(1000))
    [unknown] = taxed(old)
    assert unknown.lacks_fair_value
    assert unknown.cost == 1000


def test_indexation_of_an_old_debt_fund() -> None:
    """Bought in 2019-20 (index 289), sold in June 2024 (index 363): 100,000 becomes 125,605.54."""
    bucket = one_bucket(a_disposal(TaxClass.DEBT_FUND, "2020-01-01", "2024-06-01", "100000", "150000"))

    assert bucket.net == Decimal("24394.46")
    assert bucket.tax == Decimal("4878.89")


def test_the_exemption_of_a_year() -> None:
    """2 lakh of gains: one lakh free until 2023-24, 1.25 lakh since."""
    old = one_bucket(a_disposal(TaxClass.EQUITY, "2020-01-01", "2024-03-01", "100000", "300000"))
    new = one_bucket(a_disposal(TaxClass.EQUITY, "2020-01-01", "2025-03-01", "100000", "300000"))

    assert (old.exempted, old.taxable, old.tax) == (Decimal(100000), Decimal(100000), Decimal(10000))
    assert (new.exempted, new.taxable, new.tax) == (Decimal(125000), Decimal(75000), Decimal("9375.00"))


def test_one_exemption_for_both_rates_of_2024_25() -> None:
    sales = [
        a_disposal(TaxClass.EQUITY, "2020-01-01", "2024-05-01", "0", "100000"),
        a_disposal(TaxClass.EQUITY, "2020-01-01", "2024-08-01", "0", "100000"),
    ]
    dear, cheap = buckets_of(taxed(*sales), FinancialYear(2024), RULES)

    assert (dear.rate, dear.exempted) == (Decimal("12.5"), Decimal(100000))
    assert (cheap.rate, cheap.exempted, cheap.tax) == (Decimal(10), Decimal(25000), Decimal(7500))


def test_long_losses_meet_long_gains_only_and_short_ones_any() -> None:
    long_loss = a_disposal(TaxClass.EQUITY, "2020-01-01", "2025-05-01", "90000", "10000")
    short_gain = a_disposal(TaxClass.EQUITY, "2025-04-01", "2025-05-01", "10000", "60000")
    long_bucket, short_bucket = sorted(
        buckets_of(taxed(long_loss, short_gain), FinancialYear(2025), RULES), key=lambda one: one.term.value
    )
    assert (long_bucket.unused_loss, long_bucket.taxable) == (Decimal(80000), Decimal(0))
    assert (short_bucket.set_off, short_bucket.tax) == (Decimal(0), Decimal(10000))

    short_loss = a_disposal(TaxClass.EQUITY, "2025-04-01", "2025-05-01", "60000", "10000")
    long_gain = a_disposal(TaxClass.EQUITY, "2020-01-01", "2025-05-01", "10000", "210000")
    long_bucket, short_bucket = sorted(
        buckets_of(taxed(short_loss, long_gain), FinancialYear(2025), RULES), key=lambda one: one.term.value
    )
    assert (long_bucket.set_off, long_bucket.exempted, long_bucket.taxable) == (
        Decimal(50000),
        Decimal(125000),
        Decimal(25000),
    )
    assert short_bucket.unused_loss == 0


def test_there_is_a_rule_for_every_class_and_day() -> None:
    for tax_class in TaxClass:
        for year in YEARS:
            for sold in (year.first, date(year.begins, 7, 22), date(year.begins, 7, 23), year.last):
                for bought in (date(2010, 1, 1), date(2023, 3, 31), date(2023, 4, 1), sold):
                    if bought <= sold:
                        assert RULES.rule(tax_class, bought, sold).source


def test_years_outside_the_file_are_refused() -> None:
    for year in (FinancialYear(2017), FinancialYear(2027)):
        with pytest.raises(InvalidInputError, match="2018-19 to 2026-27"):
            RULES.require_year(year)


def test_ten_thousand_years_of_sales_add_up() -> None:
    """What goes in comes out: gains less losses are the gains of the disposals; no loss is used twice."""
    chance = random.Random(112)
    classes = list(TaxClass)
    for _ in range(10_000):
        year = chance.choice(YEARS)
        sales = []
        for _ in range(chance.randint(1, 6)):
            sold = year.first + timedelta(days=chance.randint(0, 364))
            bought = sold - timedelta(days=chance.randint(0, 2500))
            cost, proceeds = (Decimal(chance.randint(0, 10**8)).scaleb(-2) for _ in range(2))
            sales.append(
                a_disposal(chance.choice(classes), bought.isoformat(), sold.isoformat(), f"{cost}", f"{proceeds}")
            )
        lines = taxed(*sales)
        buckets = buckets_of(lines, year, RULES)
        short = [one for one in buckets if one.term is Term.SHORT]

        assert len(sold_in(sales, year)) == len(sales)
        assert sum(one.net for one in buckets) == sum(line.gain for line in lines)
        assert all(one.taxable >= 0 and one.set_off >= 0 and one.unused_loss >= 0 for one in buckets)
        left = sum(one.taxable + one.exempted for one in buckets) - sum(one.unused_loss for one in buckets)
        assert left == sum(line.gain for line in lines)
        assert sum(one.exempted for one in buckets) <= RULES.exemption(year)[0]
        if any(one.unused_loss for one in short):
            assert all(one.taxable + one.exempted == 0 for one in buckets)
