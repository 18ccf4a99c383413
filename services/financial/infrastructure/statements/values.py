"""Dates and amounts as Indian banks write them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

# Thirteen digits before the point: ten lakh crore rupees, beyond any account and within any NUMERIC column.
MAX_AMOUNT_DIGITS: Final = 13
# Longer cells hold neither a date nor an amount; the bound keeps the expressions below linear.
_MOST_CHARS: Final = 60

_TIME = r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?"
_NUMERIC = re.compile(rf"(\d{{1,2}})([/\-. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_NAMED = re.compile(rf"(\d{{1,2}})[ \-/.]?([A-Za-z]{{3,9}})[ \-/.,']*(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_MONTH_FIRST_NAMED = re.compile(rf"([A-Za-z]{{3,9}})[ .]*(\d{{1,2}}),? +(\d{{4}}){_TIME}", re.ASCII)
_ISO = re.compile(rf"(\d{{4}})([-/.]?)(\d{{2}})\2(\d{{2}}){_TIME}", re.ASCII)
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), start=1)
    for name in names.split()
}  # fmt: skip

_PLAIN = re.compile(r"-?\d{1,13}(?:\.\d{1,2})?", re.ASCII)
_GROUPED = re.compile(r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)(?:\.\d*)?|\.\d+", re.ASCII)
_CURRENCY = re.compile(r"^(?:₹|`|rs\.?|inr\.?)\s*|\s*(?:₹|/-|\brs\.?|\binr)$", re.IGNORECASE)
_MARK = re.compile(r"\(?(?:(dr|cr)\.?|(?<=[\d ])(d|c))\)?\.?$", re.IGNORECASE)
_MINUS = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " "})


class ValueReadError(ValueError):
    """A cell cannot be read; the message is a sentence fragment for a person."""


class ReadAmount(NamedTuple):
    """`value` carries the written sign (minus or brackets); `mark` is "DR", "CR" or "" as written beside it."""

    value: Decimal
    mark: str


@lru_cache(maxsize=8192)
def read_date(text: str, month_first: bool = False) -> date:
    """A calendar day, day first unless told otherwise; a time of day after it is dropped.

    Two-digit years are 1970 to 2069. Raises ValueReadError with the reason.
    """
    text = text.strip().strip("'")
    if len(text) > _MOST_CHARS:
        raise ValueReadError(f"'{shown(text)}' is not a date such as 31/12/2025")
    if match := _NUMERIC.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), match[4]
        return _day(text, year, *((first, second) if month_first else (second, first)))
    if match := _NAMED.fullmatch(text):
        return _day(text, match[3], _month(text, match[2]), int(match[1]))
    if match := _MONTH_FIRST_NAMED.fullmatch(text):
        return _day(text, match[3], _month(text, match[1]), int(match[2]))
    if match := _ISO.fullmatch(text):
        return _day(text, match[1], int(match[3]), int(match[4]))
    raise ValueReadError(f"'{shown(text)}' is not a date such as 31/12/2025" if text else "the date is missing")


def _month(text: str, name: str) -> int:
    if (number := _MONTHS.get(name.lower())) is None:
        raise ValueReadError(f"'{shown(text)}' is not a date: there is no month '{name}'")
    return number


def _day(text: str, year_text: str, month: int, day: int) -> date:
    year = int(year_text)
    if len(year_text) == 2:
        year += 2000 if year < 70 else 1900
    if not 1970 <= year <= 2100:
        raise ValueReadError(f"the date '{shown(text)}' has the year {year}, which cannot be right")
    if not 1 <= month <= 12:
        raise ValueReadError(f"the date '{shown(text)}' does not exist: there is no month {month}")
    if not 1 <= day <= monthrange(year, month)[1]:
        raise ValueReadError(f"the date '{shown(text)}' does not exist: that month has no day {day}")
    return date(year, month, day)


def read_amount(text: str) -> ReadAmount:
    """An amount with Indian or western grouping, a currency sign, a minus, brackets, or Dr/Cr beside it.

    Raises ValueReadError when the text is no amount, is finer than a paisa, or has more than MAX_AMOUNT_DIGITS before
    the point.
    """
    if _PLAIN.fullmatch(text):
        return ReadAmount(Decimal(text), "")
    if len(text) > _MOST_CHARS:
        raise ValueReadError(f"'{shown(text)}' is not an amount such as 1,234.50")
    rest, mark = _split_mark(text.translate(_MINUS).strip())
    rest, negative = _split_sign(rest)
    if not rest or not _GROUPED.fullmatch(rest):
        raise ValueReadError(f"'{shown(text)}' is not an amount such as 1,234.50")
    value = _bounded(text, rest.replace(",", ""))
    return ReadAmount(-value if negative else value, mark)


def _split_mark(text: str) -> tuple[str, str]:
    match = _MARK.search(text)
    if match is None:
        return text, ""
    return text[: match.start()].rstrip(), f"{(match[1] or match[2])[0]}R".upper()


def _split_sign(text: str) -> tuple[str, bool]:
    negative = False
    if text.startswith("(") and text.endswith(")"):
        text, negative = text[1:-1].strip(), True
    for _ in range(2):  # the sign stands before the currency or after it
        text = _CURRENCY.sub("", text, count=1).strip()
        if text[:1] in {"-", "+"}:
            negative, text = negative or text[0] == "-", text[1:].strip()
    if text.endswith("-"):
        text, negative = text[:-1].strip(), True
    return _CURRENCY.sub("", text, count=1).strip(), negative


def _bounded(text: str, digits: str) -> Decimal:
    whole, _, fraction = digits.partition(".")
    if len(whole.lstrip("0")) > MAX_AMOUNT_DIGITS:
        raise ValueReadError(f"the amount '{shown(text)}' is larger than any account holds")
    if fraction[2:].strip("0"):
        raise ValueReadError(f"the amount '{shown(text)}' is finer than a paisa")
    return Decimal(f"{whole or '0'}.{fraction[:2] or '0'}")


def shown(text: str, limit: int = 40) -> str:
    """Text from a file, made safe and short enough for a message."""
    clean = "".join(char if char.isprintable() else " " for char in text[: limit + 1])
    return clean if len(text) <= limit else clean[:limit] + "…"


def clean(text: str) -> str:
    """Text of one line: runs of white space become one space, control characters go."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(char for char in line if char.isprintable())
