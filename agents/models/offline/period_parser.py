"""All periods that a question mentions, in order: single mentions, ranges, open ends and relative comparisons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from agents.models.offline import periods
from agents.models.offline.months import LAST
from agents.models.offline.period_grammar import RULES
from agents.models.offline.periods import EARLIEST, Period


class RelativePeriod(StrEnum):
    """A period that is told only relative to another one."""

    PREVIOUS = "previous"
    YEAR_AGO = "year-ago"


PeriodMention = Period | RelativePeriod


@dataclass(frozen=True, slots=True)
class FoundPeriod:
    """A mention and where it stands in the lower-case text."""

    start: int
    end: int
    period: PeriodMention


_RELATIVE: Final = (
    (
        re.compile(r"(?:the )?(?:day|month|quarter|year|week|period|one)s? (?:just )?before(?: that| it)?\b(?! [\w])"),
        RelativePeriod.PREVIOUS,
    ),
    (
        re.compile(
            r"(?:the )?same (?:month|period|time|quarter|week|day|one|months) (?:of )?(?:the )?(?:last|"
            r"previous|past) year"
            r"|(?:a|one|1) year (?:ago|before|earlier)|(?:the )?(?:previous|last) year(?:'s)? same (?:month|"
            r"period|time|quarter|week|day)"
        ),
        RelativePeriod.YEAR_AGO,
    ),
)
_LAST_ONE: Final = re.compile(rf"(?:the )?{LAST}\b")
_JOIN: Final = re.compile(r"\s*(?:to|till|until|through|thru|up ?to|-)\s*(?:the\s+)?(?:end of\s+)?")
_FROM: Final = re.compile(r"\b(?:from|between)\s+(?:the\s+)?(?:start of\s+|beginning of\s+)?$")
_SINCE: Final = re.compile(r"\b(?:since|after|starting|beginning)\s+(?:the\s+)?(?:start of\s+|beginning of\s+)?$")
_ONWARDS: Final = re.compile(
    r"\s*(?:onwards?|till now|until now|to now|to present|till date|to date|up to now|upto now)\b"
)
_UNTIL: Final = re.compile(r"\b(?:until|till|up ?to|through|by(?: the)? end of|before)\s+(?:the\s+)?(?:end of\s+)?$")
_BETWEEN: Final = re.compile(r"\bbetween\s+(?:the\s+)?$")
_MAY_CONTEXT: Final = re.compile(
    r"(?:\b(?:in|for|since|until|till|of|from|to|and|than|vs|versus|between|during|this|last|by|with|about|or|through)"
    r"\s+|[-,]\s*)$"
)
_NOT_A_YEAR: Final = re.compile(
    r"(?:₹|\brs\.?|\binr|\b(?:over|above|below|under|most|least|more than|less than|exceeding|amount|greater than))\s*$"
)


_BESIDE: Final = re.compile(r"\band\b|\bor\b|[,&+]")
_NEARLY_A_YEAR: Final = 300


def find_periods(text: str, today: date, *, pairwise: bool = False) -> list[FoundPeriod]:
    """The periods in lower-case `text`. With `pairwise`, "between X and Y" is two periods to compare, not a range."""
    relative = [FoundPeriod(m.start(), m.end(), kind) for pattern, kind in _RELATIVE for m in pattern.finditer(text)]
    blanked = "".join(" " if any(f.start <= i < f.end for f in relative) else c for i, c in enumerate(text))
    found = _join_ranges(blanked, _settle_years(_mentions(blanked, today), today), today, pairwise)
    told = _told_apart(text, sorted([*found, *relative], key=lambda one: one.start))
    return _without_ever(told if pairwise else _of_a_year(text, told, today))


def _of_a_year(text: str, found: list[FoundPeriod], today: date) -> list[FoundPeriod]:
    """ "Q1 spending this FY": a year that stands apart only says of which year the shorter period is."""
    if len(found) != 2 or _BESIDE.search(text[found[0].end : found[1].start]):
        return found
    years = [one for one in found if isinstance(one.period, Period) and one.period.days > _NEARLY_A_YEAR]
    parts = [one for one in found if isinstance(one.period, Period) and one.period.days <= _NEARLY_A_YEAR]
    if not (years and parts) or not isinstance(year := years[0].period, Period):
        return found
    part = parts[0].period
    moved = [periods.shift(part, 12 * back) for back in (0, -1, 1)] if isinstance(part, Period) else []
    inside = [one for one in moved if year.start <= one.start <= one.end <= year.end]
    return [FoundPeriod(one.start, one.end, inside[0]) for one in found] if inside else found


def _told_apart(text: str, found: list[FoundPeriod]) -> list[FoundPeriod]:
    """ "This October" beside "last October": the last is that of the year before."""
    if len(found) != 2 or not isinstance(found[0].period, Period) or found[0].period != found[1].period:
        return found
    first, second = ((_LAST_ONE.match(text[one.start : one.end]) is not None) for one in found)
    return [
        FoundPeriod(one.start, one.end, periods.shift(found[0].period, -12)) if is_last else one
        for one, is_last in zip(found, (first and not second, second and not first), strict=True)
    ]


def _without_ever(found: list[FoundPeriod]) -> list[FoundPeriod]:
    """ "To date" beside a period of its own only says that the period is not over: "so far this year"."""
    named = [one for one in found if not (isinstance(one.period, Period) and one.period.start == EARLIEST)]
    return named if len(named) == 1 and len(found) > 1 else found


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    period: Period


def _mentions(text: str, today: date) -> list[_Mention]:
    candidates = [
        _Mention(match.start(), match.end(), period)
        for pattern, build in RULES
        for match in pattern.finditer(text)
        if _plausible(text, match) and (period := build(match, today)) is not None
    ]
    chosen: list[_Mention] = []
    for one in sorted(candidates, key=lambda c: (c.start, -c.end)):
        if not chosen or one.start >= chosen[-1].end:
            chosen.append(one)
    return chosen


def _plausible(text: str, match: re.Match[str]) -> bool:
    """Whether "may" is the month and not the verb, and a number like 2025 is a year and not an amount."""
    before = text[: match.start()]
    if match[0] == "may":
        return bool(_MAY_CONTEXT.search(before)) or text.strip(" ?.!") == "may"
    if match[0].isdigit():
        return not _NOT_A_YEAR.search(before)
    return True


def _settle_years(mentions: list[_Mention], today: date) -> list[_Mention]:
    """A month without a year takes the year nearest to a period that has one: "compare Aug and Sep 2025"."""
    fixed = next((one.period for one in mentions if not one.period.floating and one.period.days <= 31), None)
    if fixed is None:
        return mentions
    return [
        _Mention(one.start, one.end, periods.nearest(one.period, fixed.start, today)) if one.period.floating else one
        for one in mentions
    ]


def _join_ranges(text: str, mentions: Sequence[_Mention], today: date, pairwise: bool) -> list[FoundPeriod]:
    found: list[FoundPeriod] = []
    index = 0
    while index < len(mentions):
        here = mentions[index]
        if found and here.start < found[-1].end:  # "from April till date": the end was read with its start
            index += 1
            continue
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        if following and _is_range(text, here, following, pairwise):
            start = _prefix_start(text, here.start, _FROM)
            found.append(FoundPeriod(start, following.end, _range(here.period, following.period)))
            index += 2
        else:
            found.append(_open_ended(text, here, today))
            index += 1
    return found


def _is_range(text: str, here: _Mention, following: _Mention, pairwise: bool) -> bool:
    gap = text[here.end : following.start]
    if _JOIN.fullmatch(gap):
        return not (gap.strip() == "to" and pairwise and not _FROM.search(text[: here.start]))
    return gap.strip() in ("and", "and the", "&") and not pairwise and bool(_BETWEEN.search(text[: here.start]))


def _range(left: Period, right: Period) -> Period:
    """From the start of one to the end of the other; a side without a year is moved so that the order holds."""
    if left.start > right.end and left.floating:
        left = periods.shift(left, -12 * (left.start.year - right.start.year))
        left = periods.shift(left, -12) if left.start > right.end else left
    elif left.start > right.end and right.floating:
        right = periods.shift(right, 12 * (left.start.year - right.start.year))
        right = periods.shift(right, 12) if left.start > right.end else right
    if left.floating and not right.floating and (right.end - left.start).days > 366:
        left = periods.shift(left, 12 * (right.start.year - left.start.year))
        left = periods.shift(left, -12) if left.start > right.end else left
    first, last = min(left.start, right.start), max(left.end, right.end)
    return Period(first, last, left.floating and right.floating)


def _open_ended(text: str, here: _Mention, today: date) -> FoundPeriod:
    before, after = text[: here.start], text[here.end :]
    onwards = _ONWARDS.match(after)
    if _SINCE.search(before) or onwards:
        start = _prefix_start(text, _prefix_start(text, here.start, _SINCE), _FROM)
        end = here.end + (onwards.end() if onwards else 0)
        return FoundPeriod(start, end, Period(here.period.start, max(today, here.period.end)))
    until = _UNTIL.search(before)
    if until and here.period.start > EARLIEST:
        last = periods.preceding(here.period).end if until[0].startswith("before") else here.period.end
        return FoundPeriod(until.start(), here.end, Period(EARLIEST, last))
    return FoundPeriod(here.start, here.end, here.period)


def _prefix_start(text: str, start: int, prefix: re.Pattern[str]) -> int:
    match = prefix.search(text[:start])
    return match.start() if match else start
