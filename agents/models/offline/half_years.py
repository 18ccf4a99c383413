"""Halves of a year: "the first half of 2026" begins in January, "H1" in April, as a financial year does."""

from __future__ import annotations

import re
from datetime import date

from agents.models.offline import periods
from agents.models.offline.months import is_last, year_number
from agents.models.offline.number_words import ORDINALS
from agents.models.offline.periods import Period


def calendar_half(match: re.Match[str], today: date) -> Period:
    """January to June, or July to December."""
    year = int(match["year"]) if match["year"] else today.year - is_last(match["relative"])
    first = ORDINALS.get(match["place"]) == 1
    return Period(date(year, 1, 1), date(year, 6, 30)) if first else Period(date(year, 7, 1), date(year, 12, 31))


def fiscal_half(match: re.Match[str], today: date) -> Period:
    """April to September, or October to March, of the financial year that is named, or else of this one."""
    ending = periods.fiscal_year_of(today) - is_last(match["relative"])
    if match["first"]:
        ending = year_number(match["first"]) + (match["ending"] is not None)
    quarter = 1 if match["half"] == "1" else 3
    return Period(periods.fiscal_quarter(ending, quarter).start, periods.fiscal_quarter(ending, quarter + 1).end)
