"""Words for months and years in lower-case English, and what they say."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from agents.models.offline import periods
from agents.models.offline.periods import Period

_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
LAST: Final = r"(?:last|past|previous|prev|preceding)"
MONTH: Final = (
    r"(?P<month>jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?:\.(?!\d))?"
)
EACH_MONTH: Final = re.compile(r"\b(?:a|per|every|each) month\b|\bmonthly\b")
EACH_YEAR: Final = re.compile(r"\b(?:a|per|every|each) (?:year|annum)\b|\byearly\b|\bannual(?:ly)?\b")
YEAR: Final = r"(?P<year>20\d\d|'\d\d)"


def is_last(words: str | None) -> bool:
    """Whether "last year" or the like is said, and not "this year" or nothing."""
    return words is not None and re.match(LAST, words) is not None


def month_number(match: re.Match[str]) -> int:
    """1 for January."""
    return _MONTHS.index(match["month"][:3]) + 1


def year_number(text: str) -> int:
    """2026 for `2026`, `26` and `'26`."""
    digits = int(text.strip("'"))
    return digits if digits > 99 else 2000 + digits


def month_of_match(match: re.Match[str], today: date) -> Period:
    """The month that is named; without a year the latest one, which may still move."""
    number = month_number(match)
    if match["year"]:
        return periods.month(year_number(match["year"]), number)
    return periods.month(today.year - (number > today.month), number, floating=True)
