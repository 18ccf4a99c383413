"""Income tax against published examples, a second way of computing it, and what must hold of any income."""

from __future__ import annotations

import random
from decimal import Decimal

import numpy as np
import pytest

from services.financial.domain.category import Category
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.tax.comparison import compare_regimes
from services.financial.domain.tax.computation import compute_tax, slab_tax, to_ten
from services.financial.domain.tax.deductions import (
    Basis,
    IncomeYear,
    Section,
    hra_exemption,
    section_uses,
)
from services.financial.domain.tax.hints import PayeeTotal, find_hints
from services.financial.domain.tax.tables import YEARS, AgeGroup, Regime, load_tables
from services.shared.domain.errors import InvalidInputError

Y24, Y25, Y26 = YEARS


def payable(year: FinancialYear, regime: Regime, income: int, age: AgeGroup = AgeGroup.BELOW_60) -> Decimal:
    tables = load_tables(year)
    return compute_tax(tables.regimes[regime], age, Decimal(income), tables.cess_percent).payable


# The Press Information Bureau's release on the Budget of 1 February 2025 lists the tax (before cess) on these incomes.
@pytest.mark.parametrize(
    ("income", "before_cess"),
    [(800000, 0), (1200000, 0), (1600000, 120000), (2000000, 200000), (2400000, 300000), (5000000, 1080000)],
)
@pytest.mark.parametrize("year", [Y25, Y26])
def test_the_new_regime_as_the_budget_tells_it(year: FinancialYear, income: int, before_cess: int) -> None:
    assert payable(year, Regime.NEW, income) == before_cess * Decimal("1.04")


# Worked examples of the Income Tax Department's FAQ on the rebate of 2025-26: tax on 12,10,000 is 61,500 and is cut to
# the 10,000 above the limit; at 12,75,000 it is 71,250 and no relief is left. For 2024-25: 7,10,000.
@pytest.mark.parametrize(
    ("year", "income", "before_cess"),
    [(Y25, 1210000, 10000), (Y25, 1275000, 71250), (Y25, 1200010, 10), (Y24, 700000, 0), (Y24, 710000, 10000)],
)
def test_relief_beyond_the_rebate(year: FinancialYear, income: int, before_cess: int) -> None:
    assert payable(year, Regime.NEW, income) == to_ten(before_cess * Decimal("1.04"))


@pytest.mark.parametrize(
    ("income", "age", "before_cess"),
    [
        (500000, AgeGroup.BELOW_60, 0),
        (500010, AgeGroup.BELOW_60, 12502),
        (1000000, AgeGroup.BELOW_60, 112500),
        (1000000, AgeGroup.FROM_60, 110000),
        (1000000, AgeGroup.FROM_80, 100000),
        (1500000, AgeGroup.BELOW_60, 262500),
        # 51 lakh: 13,42,500 and 10 %, but not more than the 13,12,500 of 50 lakh and the lakh above it.
        (5100000, AgeGroup.BELOW_60, 1412500),
        (6000000, AgeGroup.BELOW_60, 1773750),
        (60000000, AgeGroup.BELOW_60, 24403125),
    ],
)
def test_the_old_regime(income: int, age: AgeGroup, before_cess: int) -> None:
    assert payable(Y24, Regime.OLD, income, age) == to_ten(before_cess * Decimal("1.04"))


def test_the_new_regime_of_2024_25() -> None:
    assert payable(Y24, Regime.NEW, 1000000) == 52000
    assert payable(Y24, Regime.NEW, 1500000) == 145600
    # The surcharge ends at 25 %.
    assert payable(Y24, Regime.NEW, 60000000) == to_ten(Decimal(17690000) * Decimal("1.25") * Decimal("1.04"))


def test_ten_thousand_incomes_agree_with_a_second_computation() -> None:
    """The second way: numpy sums the rate over the slabs' widths; relief as a minimum over thresholds."""
    chance = random.Random(87)
    for _ in range(10_000):
        tables = load_tables(chance.choice(YEARS))
        table = tables.regimes[chance.choice(list(Regime))]
        age = chance.choice(list(AgeGroup))
        income = chance.choice((chance.randint(0, 3_000_000), chance.randint(0, 70_000_000))) // 10 * 10
        found = compute_tax(table, age, Decimal(income), tables.cess_percent)

        def plain(amount: float, pairs: list[tuple[float, float]]) -> float:
            edges = np.array([since for since, _ in pairs] + [np.inf])
            widths = np.clip(amount - edges[:-1], 0, np.diff(edges))
            return float(widths @ np.array([rate / 100 for _, rate in pairs]))

        slabs = [(float(since), float(rate)) for since, rate in table.slabs[age]]
        tax = plain(income, slabs)
        limit, most = float(table.rebate_income), float(table.rebate_most)
        if income <= limit:
            tax = max(tax - most, 0.0)
        elif table.rebate_has_relief:
            tax = min(tax, income - limit)
        rate, cap = 0.0, np.inf
        for since, percent in table.surcharge:
            if income > since:
                cap = plain(float(since), slabs) * (1 + rate / 100) + income - float(since)
                rate = float(percent)
        tax = min(tax * (1 + rate / 100), cap)
        assert abs(float(found.payable) - tax * 1.04) <= 5.02
        assert found.payable % 10 == 0


@pytest.mark.parametrize("regime", list(Regime))
@pytest.mark.parametrize("year", YEARS)
def test_more_income_is_never_less_tax_nor_less_money_left(year: FinancialYear, regime: Regime) -> None:
    """Around every edge: tax and surcharge rise, and by no more than the income does (cess comes on top of it)."""
    tables = load_tables(year)
    table = tables.regimes[regime]
    edges = {int(since) for since, _ in (*table.slabs[AgeGroup.BELOW_60], *table.surcharge)} | {
        int(table.rebate_income)
    }
    incomes = sorted({max(0, edge + step) for edge in edges for step in range(-3000, 200_000, 510)})
    before = None
    for income in incomes:
        found = compute_tax(table, AgeGroup.BELOW_60, Decimal(income), tables.cess_percent)
        due = found.slab_tax - found.rebate - found.rebate_relief + found.surcharge
        if before is not None:
            assert due >= before[1]
            # The old regime's rebate ends at a cliff, as the law has it.
            is_cliff = regime is Regime.OLD and before[0] <= table.rebate_income < found.total_income
            assert is_cliff or due - before[1] <= found.total_income - before[0]
        before = (found.total_income, due)


def test_rounding_to_ten() -> None:
    """Sections 288A and 288B: paise are ignored, five rupees and more go up."""
    assert [to_ten(Decimal(x)) for x in ("4.99", "5", "14.99", "15", "0")] == [0, 10, 10, 20, 0]


def test_slabs_of_a_first_rupee() -> None:
    assert slab_tax(((Decimal(0), Decimal(10)),), Decimal("0.10")) == Decimal("0.01")


def test_years_without_tables_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="2024-25, 2025-26, 2026-27"):
        load_tables(FinancialYear(2023))


def test_every_year_names_its_act_and_sources() -> None:
    for year in YEARS:
        tables = load_tables(year)
        assert "Finance" in tables.act
        assert all(tables.sources)
    assert "2026" in load_tables(Y26).act
    assert load_tables(Y26).regimes[Regime.NEW].slabs == load_tables(Y25).regimes[Regime.NEW].slabs


def test_house_rent_is_the_least_of_three() -> None:
    """A worked example: basic 6 lakh, HRA 2.4 lakh, rent 1.8 lakh: rent less a tenth of basic, 1.2 lakh, is least."""
    tables = load_tables(Y25)
    year = IncomeYear(
        gross_salary=Decimal(1200000), basic=Decimal(600000), hra_received=Decimal(240000), rent_paid=Decimal(180000)
    )
    assert hra_exemption(tables, year) == 120000
    assert (
        hra_exemption(tables, IncomeYear(gross_salary=Decimal(5), hra_received=Decimal(5), rent_paid=Decimal(9))) == 0
    )


def test_a_comparison_with_all_deductions() -> None:
    """Salary 15 lakh, 80C 2 lakh (1.5 count), 80D 20,000, home loan 2.5 lakh (2 count), 2024-25."""
    year = IncomeYear(
        gross_salary=Decimal(1500000),
        section_80c=Decimal(200000),
        section_80d=Decimal(20000),
        section_24b=Decimal(250000),
    )
    found = compare_regimes(load_tables(Y24), year)

    # Old: 15,00,000 - 50,000 - 1,50,000 - 20,000 - 2,00,000 = 10,80,000 -> 1,36,500 + 4 % = 1,41,960.
    assert (found.old.tax.total_income, found.old.tax.payable) == (Decimal(1080000), Decimal(141960))
    # New: 14,25,000 -> 20,000 + 30,000 + 30,000 + 45,000 = 1,25,000 + 4 %.
    assert (found.new.tax.total_income, found.new.tax.payable) == (Decimal(1425000), Decimal(130000))
    assert (found.better, found.saving) == (Regime.NEW, Decimal(11960))
    left = {use.section: use.left for use in found.uses}
    assert (left[Section.C80], left[Section.CCD_1B_80], left[Section.D_80]) == (
        Decimal(0),
        Decimal(50000),
        Decimal(5000),
    )


def test_what_is_stated_goes_before_hints() -> None:
    year = IncomeYear(section_80c=Decimal(10))
    hints = {Section.C80: Decimal(99999), Section.D_80: Decimal(70000)}
    uses = {use.section: use for use in section_uses(load_tables(Y25), year, hints)}

    assert (uses[Section.C80].paid, uses[Section.C80].basis) == (Decimal(10), Basis.STATED)
    assert (uses[Section.D_80].used, uses[Section.D_80].basis) == (Decimal(25000), Basis.HINT)
    assert uses[Section.B_24].basis is Basis.NONE


def test_deductions_never_raise_the_tax() -> None:
    chance = random.Random(80)
    for _ in range(10_000):
        tables = load_tables(chance.choice(YEARS))
        salary = Decimal(chance.randint(0, 6_000_000))
        age = chance.choice(list(AgeGroup))
        plain = compare_regimes(tables, IncomeYear(age=age, gross_salary=salary))
        more = compare_regimes(
            tables, IncomeYear(age=age, gross_salary=salary, section_80c=Decimal(chance.randint(0, 300000)))
        )
        assert more.old.tax.payable <= plain.old.tax.payable
        assert more.new.tax.payable == plain.new.tax.payable
        assert min(more.old.tax.payable, more.new.tax.payable) + more.saving == max(
            more.old.tax.payable, more.new.tax.payable
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("gross_salary", "-1"),
        ("gross_salary", "NaN"),
        ("section_80c", "1e13"),
        ("savings_interest", "5"),
        ("basic", "5"),
    ],
)
def test_incomes_that_cannot_be_are_refused(field: str, value: str) -> None:
    with pytest.raises(InvalidInputError):
        IncomeYear(**{field: Decimal(value)})  # type: ignore[arg-type]


def test_payees_that_hint_at_a_section() -> None:
    totals = [
        PayeeTotal("LIC of India", Category.INSURANCE, Decimal(24000)),
        PayeeTotal("Star Health", Category.INSURANCE, Decimal(18000)),
        PayeeTotal("Public Provident Fund", Category.INVESTMENTS, Decimal(50000)),
        PayeeTotal("NPS Trust", Category.INVESTMENTS, Decimal(30000)),
        PayeeTotal("Publicis", Category.INVESTMENTS, Decimal(70)),
        PayeeTotal("LIC of India", Category.GIFTS, Decimal(1)),
        PayeeTotal("HDFC Life", Category.INSURANCE, Decimal(-5)),
    ]

    assert [(hint.section, hint.amount) for hint in find_hints(totals)] == [
        (Section.C80, Decimal(50000)),
        (Section.CCD_1B_80, Decimal(30000)),
        (Section.C80, Decimal(24000)),
        (Section.D_80, Decimal(18000)),
    ]
