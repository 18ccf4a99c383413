"""The periods a question is about: relative ones put in their place, single ones given what they are compared with."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from agents.models.offline import periods
from agents.models.offline.frame import Frame
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_parser import PeriodMention, RelativePeriod
from agents.models.offline.periods import Period
from agents.models.offline.quantities import Quantities
from agents.models.offline.shapes import USUAL, Shape

_CHANGED: Final = re.compile(
    r"\b(?:up|rise|risen|rose|increas\w*|higher|more|jump\w*|down|fall|fell|drop\w*|decreas\w*|lower|less|"
    r"so (?:high|much|low)|chang\w*)\b"
)
_USUAL: Final = re.compile(rf"\b{USUAL}\b")
_AGAINST: Final = re.compile(r"\bthan\b|\bcompared?\b|\bvs\b|\bagainst\b")


def against_now(named: tuple[Period, ...], shape: Shape, mentions: Mentions, today: date) -> tuple[Period, ...]:
    """A single period to compare with is compared with this month; a month with a year, with its month of that year."""
    now = periods.month_of(today)
    if shape is Shape.WHY and len(named) == 1 and _CHANGED.search(mentions.text):
        against = mentions.says(_AGAINST) and named[0] != now
        return (_now_like(named[0], today), named[0]) if against else (named[0], periods.preceding(named[0]))
    if shape is not Shape.COMPARE:
        return named
    if mentions.says(_USUAL) or mentions.weekdays:
        return named
    if len(named) == 2:
        return (named[0], _alike(named[0], named[1]))
    if len(named) != 1 or len(mentions.categories) + len(mentions.payees) > 1:
        return named
    if named[0] == now:
        return (now, periods.month_of(today, -1)) if mentions.says(_AGAINST) else named
    return (_now_like(named[0], today), named[0])


def _now_like(period: Period, today: date) -> Period:
    """The running period of the same kind: week, month or year."""
    if period.days <= 7:
        return periods.week_of(today)
    return periods.year(today.year) if period.days > 360 else periods.month_of(today)


def with_deadline(mentions: Mentions, today: date) -> Quantities:
    """The quantities, with the last day of a future period as the day that a plan aims at."""
    for one in mentions.periods:
        if isinstance(one, Period):
            aimed = periods.shift(one, 12) if one.floating and one.end < today else one
            if aimed.end > today:
                return replace(mentions.quantities, deadline=aimed.end)
    return mentions.quantities


def compares_with_usual(mentions: Mentions, shape: Shape) -> bool:
    """Whether a period is set against the average of others."""
    return shape is Shape.COMPARE and mentions.says(_USUAL)


def compared(named: tuple[Period, ...], mentions: Mentions, context: Frame, today: date) -> tuple[Period, ...]:
    """What is compared: the periods named, or the context's with the one that is named or usual."""
    if len(named) >= 2:
        return named
    before = context.periods[:1] or (periods.month_of(today),)
    if mentions.says(_USUAL):
        return (*before, *named) if named and named[0].whole_months > 1 else named or before
    if named:
        return (*before, _alike(before[0], named[0]))
    return context.periods if len(context.periods) >= 2 else (*before, periods.preceding(before[0]))


def _alike(base: Period, named: Period) -> Period:
    """A month compared with "last year" is compared with the same month of that year."""
    if base.days < 100 and named.days > 360:
        return periods.shift(base, -12 * (base.start.year - named.start.year))
    return named


def resolved(mentioned: tuple[PeriodMention, ...], anchor: Period) -> tuple[Period, ...]:
    """Relative periods take their place next to the one before them, or to the anchor."""
    found: list[Period] = []
    for one in mentioned:
        if isinstance(one, RelativePeriod):
            base = found[-1] if found else anchor
            found.append(periods.preceding(base) if one is RelativePeriod.PREVIOUS else periods.shift(base, -12))
        else:
            found.append(one)
    return tuple(found)
