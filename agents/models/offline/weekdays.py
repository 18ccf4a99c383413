"""Days of the week that a question is restricted to: "on weekends", "every Sunday", "on weekdays"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from agents.models.offline.months import MONTH
from agents.models.offline.periods import Period

DAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKEND: Final = frozenset({5, 6})
_WEEKDAYS: Final = frozenset(range(5))
# Set against each other: "weekend vs weekday", "on weekdays or on weekends".
_BOTH: Final = re.compile(r"\bweek ?days?\b[^?]*\bweek ?ends?\b|\bweek ?ends?\b[^?]*\bweek ?days?\b")
_EITHER: Final = re.compile(r"\b(?:on |in |during |the |over )*week ?(?:days?|ends?)\b")
_AGAINST: Final = re.compile(r"\b(?:more|less|higher|lower|compare\w*|versus|vs|than)\b")
_WHICH: Final = re.compile(
    r"\b(?:which|what) (?:week ?day|days? of (?:the )?week)\b|\bby (?:week ?day|day of (?:the )?week)\b"
)
_ALL: Final = re.compile(
    r"(?:\b(?:on|over|during|in|at|by|every|each|only|just|the)\s+)*"
    rf"(?:(?P<weekend>weekends\b|(?<=every )weekend\b|(?<=each )weekend\b|(?<=average )weekend\b|"
    rf"saturdays? (?:and|&) sundays?\b|(?<!last )(?<!this )(?<!next )\bweekend\b(?= (?:more|less)\b|"
    rf"[^?]*\b(?:in|of|this|last|how much spent) (?:month\b|{MONTH}\b)))|"
    rf"(?P<weekday>week ?days\b|working days\b)"
    rf"|(?P<every>\b(?:every|each) (?P<one>{'|'.join(DAY_NAMES)})\b)|(?P<named>(?P<day>{'|'.join(DAY_NAMES)})s\b)"
    rf"|(?P<spent>\b(?P<on>{'|'.join(DAY_NAMES)})(?= (?:spend(?:s|ing)?|expenses)\b (?:in|of|this|last|during)\b)))"
)


def find_weekdays(text: str) -> tuple[frozenset[int], list[tuple[int, int]]]:
    """The days of the week (Monday is 0) that lower-case `text` restricts to, none when it does not, and where."""
    if _BOTH.search(text):
        return _WEEKEND, [match.span() for match in _EITHER.finditer(text)]
    match = _ALL.search(text)
    if not match:
        return frozenset(), []
    if match["weekend"]:
        return _WEEKEND, [match.span()]
    if match["weekday"]:
        return _WEEKDAYS, [match.span()]
    return frozenset({DAY_NAMES.index(match["one"] or match["day"] or match["on"])}), [match.span()]


def weekdays_name(days: frozenset[int]) -> str:
    """`weekends`, `weekdays` or `Sundays`."""
    if days in (_WEEKEND, _WEEKDAYS):
        return "weekends" if days == _WEEKEND else "weekdays"
    return f"{DAY_NAMES[min(days)].capitalize()}s"


def rival_days(days: frozenset[int], text: str) -> tuple[frozenset[int], ...]:
    """What the days are to be set against in lower-case text: weekends against weekdays, one day against the others."""
    if days in (_WEEKEND, _WEEKDAYS):
        rest = _WEEKDAYS if days == _WEEKEND else _WEEKEND
        return (days, rest) if _BOTH.search(text) or _AGAINST.search(text) else ()
    return tuple(frozenset({one}) for one in range(7)) if _WHICH.search(text) else ()


def spans(period: Period, days: frozenset[int], *, apart: bool = False) -> list[Period]:
    """The runs of such days within a period, or each of the days `apart`."""
    found: list[Period] = []
    for offset in range(period.days):
        on = period.start + timedelta(days=offset)
        if on.weekday() not in days:
            continue
        if found and not apart and found[-1].end + timedelta(days=1) == on:
            found[-1] = Period(found[-1].start, on)
        else:
            found.append(Period(on, on))
    return found
