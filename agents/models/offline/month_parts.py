"""Parts of a month: its first week, its second half, its last five days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from agents.models.offline import periods
from agents.models.offline.months import is_last, month_of_match
from agents.models.offline.number_words import ORDINALS, count_value
from agents.models.offline.periods import Period


def part_of_month(match: re.Match[str], today: date) -> Period | None:
    """A week (days 1 to 7, 8 to 14, …, the last seven) or a half (to the 15th, from the 16th) of a month."""
    whole = _whole(match, today)
    place = ORDINALS.get(match["place"], 0) - 1
    if match["part"] in ("half", "fortnight"):
        return Period(whole.start, whole.start.replace(day=15)) if place == 0 else _from_day(whole, 16)
    if place < 0:
        return Period(whole.end - timedelta(days=6), whole.end, whole.floating)
    start = whole.start + timedelta(days=7 * place)
    return Period(start, start + timedelta(days=6), whole.floating)


def days_of_part(match: re.Match[str], today: date) -> Period:
    """So many days at the start or the end of a month."""
    whole = _whole(match, today)
    more = timedelta(days=min(max(count_value(match["count"]), 1), whole.days) - 1)
    if match["place"] == "last":
        return Period(whole.end - more, whole.end, whole.floating)
    return Period(whole.start, whole.start + more, whole.floating)


def _whole(match: re.Match[str], today: date) -> Period:
    return month_of_match(match, today) if match["month"] else periods.month_of(today, -is_last(match["relative"]))


def _from_day(whole: Period, first: int) -> Period:
    return Period(whole.start.replace(day=first), whole.end, whole.floating)
