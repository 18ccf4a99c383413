"""English number words with the Indian scale: hundred, thousand, lakh, crore."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_SMALL: Final = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: value * 10
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES: Final = {
    "hundred": Decimal(100),
    "k": Decimal(1_000),
    "thousand": Decimal(1_000),
    "thousands": Decimal(1_000),
    "l": Decimal(100_000),
    "lpa": Decimal(100_000),
    "lac": Decimal(100_000),
    "lacs": Decimal(100_000),
    "lakh": Decimal(100_000),
    "lakhs": Decimal(100_000),
    "m": Decimal(1_000_000),
    "mn": Decimal(1_000_000),
    "million": Decimal(1_000_000),
    "cr": Decimal(10_000_000),
    "crore": Decimal(10_000_000),
    "crores": Decimal(10_000_000),
}
SMALL_WORD: Final = "(?:" + "|".join(sorted(_SMALL, key=len, reverse=True)) + ")"
_SCALE_WORD: Final = r"(?:hundred|thousand|lakhs?|lacs?|crores?|million)"
# Spelled amounts need a scale word ("five thousand"): "one" alone is rarely an amount.
SPELLED: Final = (
    rf"(?:(?:half a|quarter of a|a|{SMALL_WORD}(?:[ -]{SMALL_WORD})?) {_SCALE_WORD}"
    rf"(?:(?: and)? (?:{SMALL_WORD}|{_SCALE_WORD})|-{SMALL_WORD})*)"
)
COUNT: Final = rf"(?:\d{{1,4}}|{SMALL_WORD}(?:-{SMALL_WORD})?|a couple of|couple of|a few|few)"

ORDINALS: Final = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
}  # fmt: skip


def spelled_value(words: str) -> Decimal:
    """The value of a phrase that `SPELLED` matched, e.g. `two lakh fifty thousand` is 250000."""
    total, group = Decimal(0), Decimal(0)
    for word in re.split(r"[ -]", words.replace("half a", "half").replace("quarter of a", "quarter")):
        if word in _SMALL:
            group += _SMALL[word]
        elif word in ("half", "quarter"):
            group = Decimal("0.5") if word == "half" else Decimal("0.25")
        elif word == "hundred":
            group = (group or Decimal(1)) * 100
        elif word in SCALES:
            total, group = total + (group or Decimal(1)) * SCALES[word], Decimal(0)
    return total + group


def count_value(words: str) -> int:
    """The value of a phrase that `COUNT` matched; a couple is two and a few are three."""
    if words.isdigit():
        return int(words)
    if "couple" in words:
        return 2
    if "few" in words:
        return 3
    return sum(_SMALL[word] for word in words.split("-"))
