"""XIRR against published figures, scipy, and brute force."""

from __future__ import annotations

import math
import random
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import brentq

from services.financial.domain.investments.returns import absolute_return_percent, cagr_percent
from services.financial.domain.investments.xirr import CashFlow, RateOutcome, xirr
from services.shared.domain.errors import InvalidInputError

Binary = NDArray[np.float64]
START = date(2015, 1, 1)


def flows(*pairs: tuple[str, int | str]) -> list[CashFlow]:
    return [CashFlow(date.fromisoformat(day), Decimal(amount)) for day, amount in pairs]


def value_at(rate: float, given_flows: list[CashFlow]) -> float:
    first = min(flow.day for flow in given_flows)
    return sum((float(f.amount) * float((1 + rate) ** (-(f.day - first).days / 365)) for f in given_flows), 0.0)


# The example of Microsoft's XIRR documentation, whose figure is 0.373362535.
EXCEL = flows(
    ("2008-01-01", -10000), ("2008-03-01", 2750), ("2008-10-30", 4250), ("2009-02-15", 3250), ("2009-04-01", 2750)
)


def test_the_example_of_the_spreadsheets_documentation() -> None:
    rate = xirr(EXCEL).rate

    assert rate is not None
    assert abs(rate - Decimal("0.373362535")) < Decimal("0.00000001")


def test_the_example_of_calcapps_documentation() -> None:
    """Documented as "roughly 12.4%"."""
    rate = xirr(flows(("2008-02-05", -2750), ("2008-07-05", 1000), ("2009-01-05", 2000))).rate

    assert rate is not None
    assert round(rate, 3) == Decimal("0.124")


def test_one_year_of_ten_percent() -> None:
    assert xirr(flows(("2025-01-01", -100), ("2026-01-01", 110))).rate == Decimal("0.1")
    assert xirr(flows(("2025-01-01", -100), ("2026-01-01", 100))).rate == 0
    assert xirr(flows(("2025-01-01", -100), ("2026-01-01", 50))).rate == Decimal("-0.5")


@pytest.mark.parametrize(
    ("given_flows", "outcome"),
    [
        ([], RateOutcome.TOO_FEW_FLOWS),
        (flows(("2025-01-01", -100)), RateOutcome.TOO_FEW_FLOWS),
        (flows(("2025-01-01", -100), ("2025-01-01", 120)), RateOutcome.TOO_FEW_FLOWS),
        (flows(("2025-01-01", -100), ("2026-01-01", -100)), RateOutcome.ONE_DIRECTION),
        (flows(("2025-01-01", 5), ("2026-01-01", 7)), RateOutcome.ONE_DIRECTION),
        # Descartes' example without a root: 1 - 2x + 2x^2.
        (flows(("2025-01-01", 100), ("2026-01-01", -200), ("2027-01-01", 200)), RateOutcome.NO_RATE),
        (flows(("2026-01-01", -1), ("2026-01-02", 1000)), RateOutcome.OUT_OF_RANGE),
    ],
)
def test_it_says_why_there_is_no_rate(given_flows: list[CashFlow], outcome: RateOutcome) -> None:
    found = xirr(given_flows)

    assert (found.outcome, found.rate) == (outcome, None)
    assert found.reason


def test_several_rates_are_told_and_none_is_chosen() -> None:
    """-100, +230, -132 over whole years is even at 10 % and at 20 %: (1.1 - y)(1.2 - y) = 0."""
    found = xirr(flows(("2025-01-01", -100), ("2026-01-01", 230), ("2027-01-01", -132)))

    assert found.outcome is RateOutcome.SEVERAL_RATES
    assert found.rate is None
    assert [round(rate, 6) for rate in found.rates] == [Decimal("0.1"), Decimal("0.2")]


def test_ten_thousand_portfolios_agree_with_scipy() -> None:
    """Instalments, then withdrawals: one root by Descartes' rule; scipy's Brent is the oracle."""
    chance = random.Random(20261125)
    for _ in range(10_000):
        days = sorted(chance.sample(range(4000), chance.randint(2, 9)))
        cut = chance.randint(1, len(days) - 1)
        rows = [
            CashFlow(START + timedelta(days=day), Decimal(chance.randint(1, 10**7)).scaleb(-2) * (-1 if n < cut else 1))
            for n, day in enumerate(days)
        ]
        found = xirr(rows)
        paid = [((day - days[0]) / 365, float(row.amount)) for day, row in zip(days, rows, strict=True)]

        def value(u: float, paid: list[tuple[float, float]] = paid) -> float:
            start = 0.0 if u > 0 else paid[-1][0]
            return sum(amount * math.exp(-u * (year - start)) for year, amount in paid)

        if value(-20.0) * value(20.0) > 0:
            assert found.outcome in (RateOutcome.OUT_OF_RANGE, RateOutcome.FOUND)
            continue
        expected = np.expm1(brentq(value, -20.0, 20.0, xtol=1e-13))
        assert found.rate is not None
        assert float(found.rate) == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_a_rate_makes_the_flows_even_and_is_the_only_one_on_a_dense_grid() -> None:
    """Signs in any order: what is said of the roots holds for a brute-force scan of another grid."""
    chance = random.Random(7)
    grid = np.linspace(-2.9, 2.9, 1117)
    for _ in range(10_000):
        days = sorted(chance.sample(range(2000), chance.randint(2, 7)))
        amounts = [chance.choice((-1, 1)) * chance.randint(1, 10**6) for _ in days]
        found = xirr([CashFlow(START + timedelta(days=day), Decimal(a)) for day, a in zip(days, amounts, strict=True)])
        years = np.array([(day - days[0]) / 365 for day in days])
        signs = np.sign(np.exp(-grid[:, None] * years) @ np.array(amounts, dtype=float))
        changes = int(np.sum(signs[:-1] * signs[1:] < 0))

        if changes > 1:
            assert found.outcome is RateOutcome.SEVERAL_RATES
            assert len(found.rates) >= changes
        elif found.rate is not None and found.rate > Decimal("-0.99"):
            rate = float(found.rate or 0)
            sizes = np.abs(np.array(amounts)) * (1 + rate) ** -years
            assert abs(float((np.array(amounts) * (1 + rate) ** -years).sum())) <= 1e-6 * float(sizes.sum())
        elif found.outcome in (RateOutcome.NO_RATE, RateOutcome.ONE_DIRECTION):
            assert changes == 0


def test_ten_thousand_growth_rates_compound_to_the_end_value() -> None:
    chance = random.Random(11)
    for _ in range(10_000):
        days = chance.randint(300, 20_000)
        begin, end = (Decimal(chance.randint(1, 10**9)).scaleb(-2) for _ in range(2))
        if float(end / begin) ** (365 / days) > 10**6:
            continue
        rate = cagr_percent(begin, end, START, START + timedelta(days=days))
        assert float(rate) == pytest.approx((float(end / begin) ** (365 / days) - 1) * 100, abs=0.00501, rel=1e-12)


def test_cagr_of_a_doubling_in_ten_years() -> None:
    """The rule of 72's neighbour: 2 ** (1 / 10) - 1 = 7.18 %."""
    assert cagr_percent(
        Decimal(100), Decimal(200), date(2015, 1, 1), date(2015, 1, 1) + timedelta(days=3650)
    ) == Decimal("7.18")
    assert cagr_percent(Decimal(100), Decimal(0), START, START + timedelta(days=365)) == Decimal(-100)


@pytest.mark.parametrize(("begin", "days"), [("0", 10), ("-1", 10), ("5", 0), ("5", -1)])
def test_cagr_refuses_what_has_no_rate(begin: str, days: int) -> None:
    with pytest.raises(InvalidInputError):
        cagr_percent(Decimal(begin), Decimal(5), START, START + timedelta(days=days))


def test_absolute_return() -> None:
    assert absolute_return_percent(Decimal(80), Decimal(100)) == Decimal("25.00")
    assert absolute_return_percent(Decimal(0), Decimal(100)) is None
