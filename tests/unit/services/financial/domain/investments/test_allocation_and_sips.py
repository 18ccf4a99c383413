"""Shares that add up, targets that are whole, and plans found in purchases."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from services.financial.domain.calendar_months import add_months
from services.financial.domain.investments.allocation import allocation, require_target
from services.financial.domain.investments.fund_class import fund_asset_class
from services.financial.domain.investments.instrument import AssetClass
from services.financial.domain.investments.sip import find_sips
from services.financial.domain.investments.transaction import InvestmentTransaction, InvestmentType
from services.financial.domain.recurring_schedule import Cadence
from services.shared.domain.errors import InvalidInputError
from tests.unit.services.financial.domain.investments.builders import a_transaction

EQUITY, DEBT, GOLD = AssetClass.EQUITY, AssetClass.DEBT, AssetClass.GOLD


def test_drift_from_a_target() -> None:
    shares = allocation({EQUITY: Decimal(700), DEBT: Decimal(300)}, {EQUITY: Decimal(60), GOLD: Decimal(40)})

    assert [(s.asset_class, s.percent, s.drift_percent, s.to_move) for s in shares] == [
        (EQUITY, Decimal(70), Decimal(10), Decimal(-100)),
        (DEBT, Decimal(30), Decimal(30), Decimal(-300)),
        (GOLD, Decimal(0), Decimal(-40), Decimal(400)),
    ]


def test_nothing_invested_has_no_drift() -> None:
    assert all(s.percent == 0 and s.to_move == 0 for s in allocation({}, {EQUITY: Decimal(100)}))


def test_ten_thousand_allocations_add_up() -> None:
    chance = random.Random(3)
    kinds: list[AssetClass] = [kind for kind in AssetClass if kind is not AssetClass.UNKNOWN]
    for _ in range(10_000):
        values = {kind: Decimal(chance.randint(0, 10**9)).scaleb(-2) for kind in chance.sample(kinds, 4)}
        parts = sorted(chance.sample(range(1, 10_000), 2))
        percents = [Decimal(n).scaleb(-2) for n in (parts[0], parts[1] - parts[0], 10_000 - parts[1])]
        target = dict(zip(chance.sample(kinds, 3), percents, strict=True))
        require_target(target)
        shares = allocation(values, target)

        total = sum(values.values())
        if total:
            assert sum(s.percent for s in shares) == 100
            assert all(abs(s.percent - s.value * 100 / total) < Decimal("0.01") for s in shares)
            assert sum(s.to_move or 0 for s in shares) == 0
            assert sum(s.drift_percent or 0 for s in shares) == 0


@pytest.mark.parametrize(
    "percents",
    [
        {EQUITY: "99.99"},
        {EQUITY: "101", DEBT: "-1"},
        {EQUITY: "50.005", DEBT: "49.995"},
        {AssetClass.UNKNOWN: "100"},
        {EQUITY: "NaN"},
    ],
)
def test_targets_that_are_not_whole_are_refused(percents: dict[AssetClass, str]) -> None:
    with pytest.raises(InvalidInputError):
        require_target({kind: Decimal(percent) for kind, percent in percents.items()})


@pytest.mark.parametrize(
    ("category", "name", "expected"),
    [
        ("Equity Scheme - ELSS", "Tax Saver", AssetClass.EQUITY),
        ("Equity Scheme - Sectoral/ Thematic", "Banking Fund", AssetClass.EQUITY),
        ("Debt Scheme - Liquid Fund", "Liquid", AssetClass.CASH),
        ("Debt Scheme - Short Duration Fund", "Short Term", AssetClass.DEBT),
        ("Hybrid Scheme - Aggressive Hybrid Fund", "Hybrid", AssetClass.HYBRID),
        ("Other Scheme - Gold ETF", "Gold BeES", AssetClass.GOLD),
        ("Other Scheme - Index Funds", "Nifty 50 Index Fund", AssetClass.EQUITY),
        ("Other Scheme - Index Funds", "CRISIL IBX 50:50 Gilt Plus SDL Index Fund", AssetClass.DEBT),
        ("Other Scheme - FoF Overseas", "US Opportunities", AssetClass.EQUITY),
        ("Other Scheme - FoF Domestic", "Gold Fund", AssetClass.GOLD),
        ("Solution Oriented Scheme - Retirement Fund", "Retirement", AssetClass.HYBRID),
        ("", "Something", AssetClass.UNKNOWN),
    ],
)
def test_what_a_fund_is(category: str, name: str, expected: AssetClass) -> None:
    assert fund_asset_class(category, name) is expected


def purchases(amounts: list[str], first: date = date(2026, 1, 5), months: int = 1) -> list[InvestmentTransaction]:
    return [
        a_transaction(InvestmentType.BUY, add_months(first, n * months), "1", amount)
        for n, amount in enumerate(amounts)
    ]


def test_a_monthly_plan_that_was_stepped_up() -> None:
    [sip] = find_sips(purchases(["5000"] * 6 + ["5500"] * 4), date(2026, 10, 20))

    assert (sip.cadence, sip.amount, sip.previous_amount, sip.instalments) == (
        Cadence.MONTHLY,
        Decimal(5500),
        Decimal(5000),
        10,
    )
    assert (sip.day_of_month, sip.next_due_on, sip.is_active, sip.invested) == (
        5,
        date(2026, 11, 5),
        True,
        Decimal(52000),
    )
    assert sip.monthly_amount == 5500


def test_a_plan_that_ended_and_a_quarterly_one() -> None:
    [ended] = find_sips(purchases(["5000"] * 6), date(2026, 10, 20))
    [quarterly] = find_sips(purchases(["9000"] * 4, date(2026, 1, 31), 3), date(2026, 10, 31))

    assert not ended.is_active
    assert (quarterly.cadence, quarterly.monthly_amount, quarterly.is_active) == (
        Cadence.QUARTERLY,
        Decimal(3000),
        True,
    )


def test_purchases_beside_a_plan_do_not_hide_it() -> None:
    lump = [a_transaction(InvestmentType.BUY, f"2026-0{n}-17", "1", f"{n}0000") for n in (2, 3, 6)]
    [sip] = find_sips(purchases(["5000"] * 8) + lump, date(2026, 8, 20))

    assert (sip.amount, sip.instalments) == (Decimal(5000), 8)


def test_purchases_now_and_then_are_no_plan() -> None:
    days = ["2026-01-03", "2026-01-19", "2026-04-02", "2026-04-09", "2026-08-28"]

    assert not find_sips([a_transaction(InvestmentType.BUY, day, "1", "5000") for day in days], date(2026, 9, 1))
