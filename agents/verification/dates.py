"""Dates in a text, as people in India write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from agents.verification.figure import Figure, FigureKind
from agents.verification.number_vocabulary import ORDINALS

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ORDINAL: Final = "|".join(f"(?:twenty[ -]|thirty[ -])?{word}" for word in ORDINALS) + "|thirtieth"
_DATE: Final = re.compile(
    rf"(?<![\w/.-])(?:(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?)"
    rf"|(?P<numeric>\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}}))"
    rf"|[FA]Y ?(?P<fy>\d{{2,4}})(?:[-–/](?P<fy2>\d{{2,4}}))?"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of|-| ?(?:-|–|to) ?(?P<until>\d{{1,2}})(?:st|nd|rd|th)?)?[ -]"
    rf"(?P<month>{_MONTH})(?:,?[ -](?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH}),?[ -](?:(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? )?(?P<year2>\d{{4}})"
    rf"|(?P<month4>{_MONTH}) (?:the )?(?P<day4>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?P<spoken>{_ORDINAL})(?: of)? (?P<month3>{_MONTH})(?:,? (?P<year3>\d{{4}}))?)(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)


def find_dates(text: str) -> Iterator[Figure]:
    """Every date, in order; a range such as 1-5 Nov 2026 is two of them."""
    for match in _DATE.finditer(text):
        try:
            days = list(_days(match))
        except ValueError:
            continue
        for day, precision in days:
            yield Figure(
                text=match[0], start=match.start(), end=match.end(), kind=FigureKind.DATE, day=day, precision=precision
            )


def _days(match: re.Match[str]) -> Iterator[tuple[date, str]]:
    """The days that the text names; ValueError when there is no such day."""
    if match["iso"]:
        yield _iso(match["iso"])
    elif match["numeric"]:
        day, month, year = re.split(r"[/.-]", match["numeric"])
        yield date(_full_year(year), int(month), int(day)), "day"
    elif match["fy"]:
        # An assessment year follows its financial year: AY 2026-27 is a label of its own, told as it was given.
        first = _full_year(match["fy"])
        yield date(first if match["fy2"] or len(match["fy"]) == 4 else first - 1, 4, 1), "fy"
    else:
        yield from _named(match)


def _named(match: re.Match[str]) -> Iterator[tuple[date, str]]:
    month = next(match[name] for name in ("month", "month2", "month3", "month4") if match[name])
    number = _MONTHS.index(month[:3].lower()) + 1
    year = match["year"] or match["year2"] or match["year3"]
    days = [text for name in ("day", "until", "day2", "day4") if (text := match[name])]
    if match["spoken"]:
        days = [str(_ordinal(match["spoken"]))]
    for day in days or [None]:
        if not year:
            yield date(4, number, int(day or 1)), "day-of-year"
        else:
            yield date(int(year), number, int(day or 1)), "day" if day else "month"


def _iso(text: str) -> tuple[date, str]:
    if len(text) == 10:
        return date.fromisoformat(text), "day"
    year, second = int(text[:4]), int(text[5:])
    if second == (year + 1) % 100 and second > 12:
        return date(year, 4, 1), "fy"
    return date(year, second, 1), "month"


def _ordinal(words: str) -> int:
    tens, _, unit = words.lower().replace("-", " ").rpartition(" ")
    return {"": 0, "twenty": 20, "thirty": 30}[tens] + (30 if unit == "thirtieth" else ORDINALS[unit])


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
