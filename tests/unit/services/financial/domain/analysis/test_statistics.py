"""Robust statistics, income stability and saving against numpy, scipy and the standard library."""

from __future__ import annotations

import statistics
from datetime import date
from decimal import Decimal
from random import Random

import numpy as np
import pytest
from scipy.stats import median_abs_deviation

from services.financial.domain.analysis.cash_flow import (
    PURPOSES,
    MonthCategoryTotal,
    Purpose,
    covers,
    month_budgets,
    savings_rate,
)
from services.financial.domain.analysis.income_stability import Steadiness, income_stability
from services.financial.domain.analysis.robust import RobustSpread, median, robust_spread
from services.financial.domain.category import Category
from services.financial.domain.period import Month, Period
from services.financial.domain.summary import SPENDING_CATEGORIES
from services.shared.domain.money import Money


def money(text: str) -> Money:
    return Money(Decimal(text))


@pytest.mark.parametrize("size", range(1, 11))
def test_median_and_mad_agree_with_scipy_in_1_000_cases_of_each_size(size: int) -> None:
    paise = np.random.default_rng(size).integers(1, 10**7, (1000, size))
    middles, mads = np.median(paise, axis=1).tolist(), np.asarray(median_abs_deviation(paise, axis=1)).tolist()
    for row, middle, mad in zip(paise.tolist(), middles, mads, strict=True):
        spread = robust_spread([Decimal(one) / 100 for one in row])
        assert (spread.median, spread.mad) == (Decimal(middle) / 100, Decimal(mad) / 100)
        mean = sum((abs(Decimal(one) / 100 - spread.median) for one in row), Decimal(0)) / size
        assert spread.mean_deviation == mean


def test_the_score_is_that_of_iglewicz_and_hoaglin() -> None:
    spread = robust_spread([Decimal(x) for x in (2, 3, 4, 4, 5, 6, 100)])
    assert (spread.median, spread.mad) == (Decimal(4), Decimal(1))
    assert spread.score(Decimal(100)) == Decimal("64.75")
    constant_but_one = RobustSpread(5, Decimal(10), Decimal(0), Decimal(2))
    assert constant_but_one.score(Decimal(20)) == Decimal("3.99")
    assert robust_spread([Decimal(7)] * 3).score(Decimal(9)) is None
    with pytest.raises(ValueError, match="no median"):
        median([])


def test_variation_agrees_with_numpy_in_10_000_cases() -> None:
    rng = Random(2)
    for _ in range(10_000):
        paise = [rng.randint(0, 10**7) for _ in range(rng.randint(3, 12))]
        found = income_stability([Money(Decimal(one) / 100) for one in paise], "INR")
        middle = statistics.median(paise)
        assert found.coefficient_of_variation == pytest.approx(
            Decimal(float(np.std(paise) / np.mean(paise))), abs=Decimal("0.0006")
        )
        assert found.lowest == Money(Decimal(min(paise)) / 100)
        assert found.spikes == sum(one > 1.25 * middle for one in paise)
        assert found.dips == sum(one < 0.75 * middle for one in paise)


@pytest.mark.parametrize(
    ("incomes", "steadiness"),
    [
        ([], Steadiness.UNKNOWN),
        (["50000", "50000"], Steadiness.UNKNOWN),
        (["0", "0", "0"], Steadiness.UNKNOWN),
        (["50000", "50000", "52000"], Steadiness.STEADY),
        (["50000", "40000", "60000"], Steadiness.FAIRLY_STEADY),
        (["50000", "20000", "60000"], Steadiness.VARIABLE),
        (["90000", "0", "0"], Steadiness.IRREGULAR),
    ],
)
def test_steadiness_in_words(incomes: list[str], steadiness: Steadiness) -> None:
    assert income_stability([money(one) for one in incomes], "INR").steadiness is steadiness


def test_every_kind_of_spending_has_a_purpose() -> None:
    assert frozenset(PURPOSES) == SPENDING_CATEGORIES


def test_saving_counts_investments_and_refunds() -> None:
    october = Month(2026, 10)
    totals = [
        MonthCategoryTotal(october, Category.SALARY, money("100000"), 1),
        MonthCategoryTotal(october, Category.INVESTMENTS, money("-10000"), 1),
        MonthCategoryTotal(october, Category.RENT, money("-30000"), 1),
        MonthCategoryTotal(october, Category.SHOPPING, money("500"), 1),
        MonthCategoryTotal(october, Category.TRANSFER, money("-7777"), 1),
        MonthCategoryTotal(Month(2026, 9), Category.SALARY, money("1"), 1),
    ]
    days = Period(date(2026, 10, 1), date(2026, 10, 31))
    (found,) = month_budgets(totals, [october], days, days, "INR")
    assert (found.spending, found.net, found.saved) == (money("39500"), money("60500"), money("70500"))
    assert found.spent[Purpose.DISCRETIONARY] == money("-500")
    assert found.is_whole
    assert savings_rate(found.saved, found.income) == Decimal("70.5")
    assert savings_rate(found.saved, Money.zero()) is None


@pytest.mark.parametrize(("start", "end", "whole"), [(1, 31, True), (5, 28, True), (6, 31, False), (1, 27, False)])
def test_a_month_is_covered_when_records_reach_both_of_its_ends(start: int, end: int, whole: bool) -> None:
    assert covers(Period(date(2026, 10, start), date(2026, 10, end)), Month(2026, 10)) is whole
