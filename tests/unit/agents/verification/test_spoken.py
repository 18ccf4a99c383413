"""Numbers in words, English and Hindi."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.verification.figure import FigureKind
from agents.verification.figures import find_figures
from agents.verification.spoken import find_spoken
from tests.support.telling import words


@pytest.mark.parametrize(
    ("text", "figure", "kind", "value"),
    [
        ("two lakh", "two lakh", FigureKind.AMOUNT, "200000"),
        ("a lakh", "a lakh", FigureKind.AMOUNT, "100000"),
        ("two lakh fifty thousand rupees", "two lakh fifty thousand", FigureKind.AMOUNT, "250000"),
        ("₹2 lakh 50 thousand", "₹2 lakh 50 thousand", FigureKind.AMOUNT, "250000"),
        ("one and a half crore", "one and a half crore", FigureKind.AMOUNT, "15000000"),
        ("half a lakh", "half a lakh", FigureKind.AMOUNT, "50000"),
        ("one point two crore", "one point two crore", FigureKind.AMOUNT, "12000000"),
        ("do lakh", "do lakh", FigureKind.AMOUNT, "200000"),
        ("dedh lakh", "dedh lakh", FigureKind.AMOUNT, "150000"),
        ("dhai crore", "dhai crore", FigureKind.AMOUNT, "25000000"),
        ("sava lakh", "sava lakh", FigureKind.AMOUNT, "125000"),
        ("paune do lakh", "paune do lakh", FigureKind.AMOUNT, "175000"),
        ("sadhe teen hazaar rupaye", "sadhe teen hazaar", FigureKind.AMOUNT, "3500"),
        ("50 hazaar", "50 hazaar", FigureKind.AMOUNT, "50000"),
        ("five hundred rupees", "five hundred", FigureKind.AMOUNT, "500"),
        ("a dozen payments", "a dozen", FigureKind.NUMBER, "12"),
        ("three transactions", "three", FigureKind.NUMBER, "3"),
        ("twenty-five transactions", "twenty-five", FigureKind.NUMBER, "25"),
        ("two hundred and five days", "two hundred and five", FigureKind.NUMBER, "205"),
        ("aapke do transactions hain", "do", FigureKind.NUMBER, "2"),
        ("one transaction", "one", FigureKind.NUMBER, "1"),
        ("a couple of visits", "a couple", FigureKind.NUMBER, "2"),
        ("twice as much", "twice", FigureKind.NUMBER, "2"),
        ("ten percent", "ten", FigureKind.PERCENT, "10"),
        ("ten per cent", "ten", FigureKind.PERCENT, "10"),
        ("sattar pratishat", "sattar", FigureKind.PERCENT, "70"),
        ("half of it", "half", FigureKind.PERCENT, "50"),
        ("a third of it", "a third", FigureKind.PERCENT, "33"),
        ("two-thirds", "two-thirds", FigureKind.PERCENT, "67"),
        ("aadha kharcha", "aadha", FigureKind.PERCENT, "50"),
    ],
)
def test_one_figure_in_words(text: str, figure: str, kind: FigureKind, value: str) -> None:
    (found,) = find_figures(text)
    assert (found.text, found.kind, found.value) == (figure, kind, Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "one of your accounts",
        "which one do you mean",
        "no one knows",
        "what you do next",
        "what to do about it",
        "the first half of the year",
        "a two-wheeler loan",
        "this quarter and the next",
        "please double-check it",
        "a one-time payment",
        "bata do aapko kya chahiye",
        "amounts are in lakh",
        "often, attend, someone, weight",
        "in teen years",
    ],
)
def test_words_that_only_look_like_numbers(text: str) -> None:
    assert find_figures(text) == []


@given(st.integers(min_value=1, max_value=10**10 - 1))
@settings(max_examples=1000, deadline=None)
def test_every_number_can_be_said(number: int) -> None:
    text = words(number)
    (spoken,) = find_spoken(f"It is {text} in all.")
    assert (int(spoken.value), text) == (number, f"It is {text} in all."[spoken.start : spoken.end])
