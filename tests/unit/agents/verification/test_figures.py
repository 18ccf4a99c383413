"""Figures as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.verification.figure import FigureKind
from agents.verification.figures import find_figures


@pytest.mark.parametrize(
    ("text", "kind", "value", "step"),
    [
        ("₹1,23,456.50", FigureKind.AMOUNT, "123456.50", "0.01"),
        ("Rs. 500", FigureKind.AMOUNT, "500", "1"),
        ("INR 2,000", FigureKind.AMOUNT, "2000", "1"),
        ("1.2 lakh", FigureKind.AMOUNT, "120000", "10000"),
        ("₹3 crore", FigureKind.AMOUNT, "30000000", "10000000"),
        ("50k", FigureKind.AMOUNT, "50000", "1000"),
        ("45.3%", FigureKind.PERCENT, "45.3", "0.1"),
        ("12 per cent", FigureKind.PERCENT, "12", "1"),
        ("23", FigureKind.NUMBER, "23", "1"),
        ("1,305", FigureKind.NUMBER, "1305", "1"),
    ],
)
def test_one_figure_in_a_sentence(text: str, kind: FigureKind, value: str, step: str) -> None:
    (figure,) = find_figures(f"It came to {text}, they said.")
    assert (figure.text, figure.kind, figure.value, figure.step) == (text, kind, Decimal(value), Decimal(step))


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("19 Aug 2026", date(2026, 8, 19), "day"),
        ("August 19, 2026", date(2026, 8, 19), "day"),
        ("2026-08-19", date(2026, 8, 19), "day"),
        ("October 2026", date(2026, 10, 1), "month"),
        ("2026-10", date(2026, 10, 1), "month"),
        ("FY 2025-26", date(2025, 4, 1), "fy"),
        ("FY26", date(2025, 4, 1), "fy"),
    ],
)
def test_dates_are_one_figure(text: str, day: date, precision: str) -> None:
    (figure,) = find_figures(f"That was in {text}.")
    assert (figure.kind, figure.day, figure.precision) == (FigureKind.DATE, day, precision)


def test_the_numbers_of_a_list_are_items() -> None:
    figures = find_figures("1. Swiggy ₹500\n2. Zomato ₹300")
    assert [figure.text for figure in figures if figure.kind is FigureKind.ITEM] == ["1", "2"]
    assert [figure.text for figure in figures if figure.kind is FigureKind.AMOUNT] == ["₹500", "₹300"]


def test_words_with_digits_inside_are_not_split() -> None:
    assert find_figures("paid by UPI2 to A2B and B12") == []


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_positions_agree(text: str) -> None:
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.text
