"""Amounts and conditions on them, in figures, in words, with the Indian scale."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.models.offline.amounts import find_condition, parse_amount
from agents.models.offline.rendering import in_words, money, percent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500", "500"),
        ("₹5k", "5000"),
        ("50K", "50000"),
        ("10,000", "10000"),
        ("1,00,000", "100000"),
        ("₹1,23,456.50", "123456.50"),
        ("Rs. 250", "250"),
        ("rs 1.5 lakh", "150000"),
        ("INR 2 lakhs", "200000"),
        ("3 lacs", "300000"),
        ("5L", "500000"),
        ("1.2 crore", "12000000"),
        ("2cr", "20000000"),
        ("1 million", "1000000"),
        ("649 rupees", "649"),
        ("one lakh", "100000"),
        ("half a crore", "5000000"),
        ("five thousand", "5000"),
        ("two lakh fifty thousand", "250000"),
        ("twenty-five thousand", "25000"),
        ("a hundred", "100"),
        ("two hundred and fifty", "250"),
    ],
)
def test_amounts(text: str, expected: str) -> None:
    assert parse_amount(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "swiggy", "₹", "lakh", "5 apples", "1.2.3", "12/10"])
def test_no_amount(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "minimum", "maximum"),
    [
        ("transactions above 1 lakh", "100000.01", None),
        ("over ₹5k", "5000.01", None),
        ("more than 10,000", "10000.01", None),
        ("at least 500", "500", None),
        (">= 500", "500", None),
        ("> 500", "500.01", None),
        ("under 200 rupees", None, "199.99"),
        ("less than rs. 1,000", None, "999.99"),
        ("at most 1,000", None, "1000"),
        ("up to 1,000", None, "1000"),
        ("between 500 and 2,000", "500", "2000"),
        ("between 1 and 2 lakh", "100000", "200000"),
        ("from 500 to 700", "500", "700"),
        ("of ₹649", "649", "649"),
        ("exactly 649 rupees", "649", "649"),
        ("above five thousand", "5000.01", None),
        ("above 1.2 crore", "12000000.01", None),
    ],
)
def test_conditions(text: str, minimum: str | None, maximum: str | None) -> None:
    found = find_condition(text)
    assert found is not None
    assert (found.minimum, found.maximum) == (
        Decimal(minimum) if minimum else None,
        Decimal(maximum) if maximum else None,
    )


@pytest.mark.parametrize(
    "text", ["last 5 transactions", "more than last month", "top 5", "over the year", "more than 20%"]
)
def test_no_condition(text: str) -> None:
    assert find_condition(text) is None


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "₹0.00"),
        ("7", "₹7.00"),
        ("999.5", "₹999.50"),
        ("1000", "₹1,000.00"),
        ("99999.99", "₹99,999.99"),
        ("123456.5", "₹1,23,456.50"),
        ("12345678", "₹1,23,45,678.00"),
        ("-2500", "-₹2,500.00"),
    ],
)
def test_money(amount: str, expected: str) -> None:
    assert money(Decimal(amount)) == expected


def test_other_currencies_and_words() -> None:
    assert money(Decimal("-1234.5"), "USD") == "-USD 1,234.50"
    assert in_words(Decimal("123456")) == " (₹1.23 lakh)"
    assert in_words(Decimal("-12345678")) == " (-₹1.23 crore)"
    assert in_words(Decimal("99999")) == ""
    assert percent(Decimal("12.25")) == "12.3%"


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False))
def test_written_amounts_read_back(amount: Decimal) -> None:
    assert parse_amount(money(amount)) == amount


@given(st.decimals(min_value=1, max_value=10**9, places=2, allow_nan=False))
def test_written_conditions_read_back(amount: Decimal) -> None:
    found = find_condition(f"at least {money(amount)}")
    assert found is not None
    assert found.minimum == amount
