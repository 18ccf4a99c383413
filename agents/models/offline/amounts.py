"""Amounts of money in words and figures, and the conditions on them: "above 1 lakh", "between 500 and 2,000"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from agents.models.offline.number_words import SCALES, SPELLED, spelled_value

_SCALE: Final = "|".join(sorted(SCALES, key=len, reverse=True))
_SIMPLE: Final = rf"\d[\d,]*(?:\.\d+)?(?:\s?(?:{_SCALE})(?![a-z]))?"
# "1 lakh 20 thousand" is one amount.
_LARGE: Final = r"\s?(?:crores?|cr|lakhs?|lacs?|thousands?|k)(?![a-z])"
_COMPOUND: Final = rf"\d[\d,]*(?:\.\d+)?{_LARGE}(?:\s\d[\d,]*(?:\.\d+)?{_LARGE})+"
_FIGURE: Final = rf"(?:{_COMPOUND}|{_SIMPLE})"
AMOUNT: Final = rf"(?:(?:₹|rs\.?|inr|rupees?)\s?)?(?:{_FIGURE}|{SPELLED})(?:\s?(?:rupees?|rs\.?|inr|/-))?"
_PAISA: Final = Decimal("0.01")
_OVER: Final = (
    r"above|over|more than|greater than|bigger than|larger than|higher than|exceeding|in excess of|exceeds?|>"
)
_UNDER: Final = r"below|under|less than|smaller than|lower than|cheaper than|<"
_AT_LEAST: Final = r"at least|minimum(?: of)?|no less than|>=|not less than"
_AT_MOST: Final = r"at most|maximum(?: of)?|up ?to|no more than|not more than|within|<="
_ENTRY: Final = r"payment|transaction|txn|debit|credit"
_CONDITION: Final = (
    rf"(?<!\w)(?:(?:between|from)\s+(?P<low>{AMOUNT})\s+(?:and|to)\s+(?P<high>{AMOUNT})"
    rf"|(?P<at_least>{_AT_LEAST})\s*(?P<least>{AMOUNT})|(?P<at_most>{_AT_MOST})\s*(?P<most>{AMOUNT})"
    rf"|(?P<over>{_OVER})\s*(?P<floor>{AMOUNT})|(?P<under>{_UNDER})\s*(?P<ceiling>{AMOUNT})"
    rf"|(?:{_ENTRY}) (?:of|for|worth) (?P<entry>{AMOUNT})"
    rf"|(?<![\d,.-])(?P<size>\d[\d,]{{2,}}(?:\.\d+)?) (?:{_ENTRY})(?!s| card)"
    rf"|(?:of|for|exactly|worth)\s+(?P<exact>(?:₹|rs\.?\s?|inr\s?)(?:{_FIGURE})|{_FIGURE}\s?rupees))(?![\w%])"
)
_SIGN: Final = re.compile(r"(?:₹|rs\.?|inr|rupees?|/-)")


@dataclass(frozen=True, slots=True)
class AmountCondition:
    """Bounds in rupees, both included: "over 500" is at least 500.01. `end` and `start` are positions in the text."""

    start: int
    end: int
    minimum: Decimal | None
    maximum: Decimal | None


def parse_amount(text: str) -> Decimal | None:
    """The rupees of `₹1,23,456.50`, `1.2 crore`, `5k`, `two lakh`; None when the text is no amount."""
    bare = _SIGN.sub("", text.lower()).strip()
    if re.fullmatch(SPELLED, bare):
        return spelled_value(bare)
    if re.fullmatch(_COMPOUND, bare):
        return sum((_simple(one) or Decimal(0) for one in re.findall(rf"\d[\d,]*(?:\.\d+)?{_LARGE}", bare)), Decimal(0))
    return _simple(bare)


def _simple(bare: str) -> Decimal | None:
    match = re.fullmatch(rf"(?P<figure>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>{_SCALE})?", bare)
    if not match:
        return None
    return Decimal(match["figure"].replace(",", "")) * SCALES.get(match["scale"] or "", Decimal(1))


@cache
def _condition() -> re.Pattern[str]:
    """Compiled at the first question: it takes longer than most modules take to be imported."""
    return re.compile(_CONDITION)


def find_condition(text: str) -> AmountCondition | None:
    """The first condition on an amount in lower-case text from which periods are already blanked."""
    match = _condition().search(text)
    if not match:
        return None
    value = {name: parse_amount(group) for name, group in match.groupdict().items() if group}
    exact = value.get("exact") or value.get("entry") or value.get("size")
    floor, ceiling = value.get("floor"), value.get("ceiling")
    low = value.get("low") or value.get("least") or exact or (floor + _PAISA if floor is not None else None)
    high = value.get("high") or value.get("most") or exact
    high = high if high is not None or ceiling is None else ceiling - _PAISA
    scale = re.search(rf"(?:{_SCALE})(?![a-z])", match["high"] or "")
    if low is not None and scale and match["low"] and re.fullmatch(r"[\d.,₹ ]+", match["low"]) and low < 1000:
        low *= SCALES[scale[0]]  # "between 1 and 2 lakh"
    return AmountCondition(match.start(), match.end(), low, high)
