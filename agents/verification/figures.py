"""Finding the figures in a text: amounts, percentages, counts and dates, as people in India write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

SCALES: Final = {
    "k": Decimal(1000),
    "thousand": Decimal(1000),
    "lakh": Decimal(100_000),
    "lakhs": Decimal(100_000),
    "lac": Decimal(100_000),
    "lacs": Decimal(100_000),
    "l": Decimal(100_000),
    "million": Decimal(1_000_000),
    "crore": Decimal(10_000_000),
    "crores": Decimal(10_000_000),
    "cr": Decimal(10_000_000),
}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"(?<![\w-])(?:(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?)"
    rf"|FY ?(?P<fy>\d{{2,4}})(?:[-–](?P<fy2>\d{{2,4}}))?"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH}) (?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? )?(?P<year2>\d{{4}}))(?![\w-])",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<currency>₹|\bRs\.?|\bINR)?\s?(?P<sign>[-−])?(?<![\w.])(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s?(?P<percent>%|per ?cent\b)|\s?(?P<scale>lakhs?|lacs?|crores?|thousand|million|cr|k|l)\b"
    r"|(?P<ordinal>st|nd|rd|th)\b)?",
    re.IGNORECASE,
)
_LIST_NUMBER = re.compile(r"(?m)^\s*\d{1,2}[.)]\s")


class FigureKind(StrEnum):
    """What a figure counts."""

    AMOUNT = "amount"
    PERCENT = "percent"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure in a text. `value` is its size in full (1.2 lakh is 120000) and `step` its last place (10000).

    A date has `day` (first of the span it names) and `precision` day, month, year or fy instead.
    """

    text: str
    start: int
    end: int
    kind: FigureKind
    value: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    day: date | None = None
    precision: str = ""


def find_figures(text: str) -> list[Figure]:
    """Every figure of the text in order. The numbers of a numbered list are not figures."""
    taken = [(m.start(), m.end()) for m in _LIST_NUMBER.finditer(text)]
    figures: list[Figure] = []
    for match in _DATE.finditer(text):
        if (figure := _date(match)) is not None and not _overlaps(match, taken):
            figures.append(figure)
            taken.append((match.start(), match.end()))
    figures += [_number(match) for match in _NUMBER.finditer(text) if not _overlaps(match, taken)]
    return sorted(figures, key=lambda figure: figure.start)


def _overlaps(match: re.Match[str], taken: list[tuple[int, int]]) -> bool:
    start, end = match.start("digits") if "digits" in match.re.groupindex else match.start(), match.end()
    return any(start < other_end and other_start < end for other_start, other_end in taken)


def _number(match: re.Match[str]) -> Figure:
    digits = match["digits"].rstrip(",").replace(",", "")
    scale = SCALES[match["scale"].lower()] if match["scale"] else Decimal(1)
    places = len(digits.partition(".")[2])
    if match["percent"]:
        kind = FigureKind.PERCENT
    elif match["currency"] or match["scale"]:
        kind = FigureKind.AMOUNT
    else:
        kind = FigureKind.NUMBER
    lead = len(match[0]) - len(match[0].lstrip())
    trail = len(match["digits"]) - len(match["digits"].rstrip(",")) if match.end() == match.end("digits") else 0
    start, end = match.start() + lead, match.end() - trail
    return Figure(
        text=match.string[start:end],
        start=start,
        end=end,
        kind=kind,
        value=Decimal(digits) * scale,
        step=Decimal(1).scaleb(-places) * scale,
    )


def _date(match: re.Match[str]) -> Figure | None:
    try:
        day, precision = _day_and_precision(match)
    except ValueError:
        return None
    return Figure(
        text=match[0], start=match.start(), end=match.end(), kind=FigureKind.DATE, day=day, precision=precision
    )


def _day_and_precision(match: re.Match[str]) -> tuple[date, str]:
    if iso := match["iso"]:
        return (date.fromisoformat(iso), "day") if len(iso) == 10 else (date.fromisoformat(f"{iso}-01"), "month")
    if fy := match["fy"]:
        first = _full_year(fy) if match["fy2"] or len(fy) == 4 else _full_year(fy) - 1
        return date(first, 4, 1), "fy"
    month = _MONTHS.index((match["month"] or match["month2"])[:3].lower()) + 1
    day, year = match["day"] or match["day2"], match["year"] or match["year2"]
    if not year:
        return date(4, month, int(day)), "day-of-year"
    return date(int(year), month, int(day or 1)), "day" if day else "month"


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
