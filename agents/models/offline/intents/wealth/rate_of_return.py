"""The yearly rate of return (XIRR) of amounts on days that the person gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from agents.models.offline.amounts import AMOUNT, parse_amount
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_parser import find_periods
from agents.models.offline.periods import Period
from agents.models.offline.rendering import money, percent
from agents.models.offline.results import Call, Results
from agents.models.offline.text import mask
from agents.models.offline.wording import ESTIMATE

_CUES: Final = re.compile(
    r"\bxirr\b|\birr\b|\b(?:yearly|annual|rate of|what|how much)\b[^?]*\breturns?\b|\breturns?\b[^?]*\b(?:what|"
    r"how much|percent)\b"
)
_AMOUNT: Final = re.compile(rf"(?<![\w.,])({AMOUNT})(?!\w| ?(?:%|percent))")
_OUT: Final = re.compile(
    r"\b(?:got|get|received?|came|sold|redeem\w*|withdr\w+|worth|value|valued|became|back|now|returned|matured|"
    r"maturity)\b"
)
_BREAK: Final = re.compile(r"[,;]| (?:and|then|that|which|but) ")
_NOW: Final = re.compile(r"\b(?:now|today|currently)\b")
_SMALLEST: Final = 100


@dataclass(frozen=True, slots=True)
class _Flow:
    """Money on a day; negative when it went in."""

    day: date
    amount: Decimal


def _recognises(mentions: Mentions) -> bool:
    dated = any(isinstance(one, Period) for one in mentions.periods)
    return bool(_CUES.search(mentions.text)) and bool(mentions.quantities.amounts) and dated


def _flows(frame: Frame) -> list[_Flow]:
    """One for each amount, on the day named next to it, to which the words around it give the direction."""
    found = [(one.start, one.end, one.period) for one in find_periods(frame.text, frame.today)]
    days = [(start, one.start) for start, _, one in found if isinstance(one, Period) and one.days == 1]
    rest = mask(frame.text, [(start, end) for start, end, _ in found])
    days += [(match.start(), frame.today) for match in _NOW.finditer(rest)]
    flows: list[_Flow] = []
    for match in _AMOUNT.finditer(rest):
        value = parse_amount(match[0])
        if value is None or value < _SMALLEST or not days:
            continue
        day = _nearest(match.start(), days, rest)
        part = _BREAK.split(rest[: match.start()])[-1] + _BREAK.split(rest[match.start() :])[0]
        out = _OUT.search(part)
        flows.append(_Flow(day, value if out else -value))
    return flows


def _nearest(place: int, days: Sequence[tuple[int, date]], text: str) -> date:
    """The day in the same part of the sentence, the one behind the amount first."""

    def distance(start: int) -> int:
        between = text[min(place, start) : max(place, start)]
        return abs(start - place) + (1_000 if _BREAK.search(between) else 0)

    return min(days, key=lambda one: distance(one[0]))[1]


def _missing(frame: Frame) -> Missing | None:
    flows = _flows(frame)
    if any(one.amount < 0 for one in flows) and any(one.amount > 0 for one in flows):
        return None
    return Missing("What went in and what came out, each with its day? For the value of today say now.", ", {}")


def _call(frame: Frame) -> Call:
    flows = [{"day": one.day.isoformat(), "amount": plain(one.amount)} for one in _flows(frame)]
    return Call("calculate_xirr", {"flows": flows})


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    return () if _missing(frame) else (_call(frame),)


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    found = results.of(_call(frame))
    rate = found.optional_decimal("xirr_percent")
    if rate is None:
        return f"There is no one rate of return for that. {found.text('reason')}".strip()
    flows = f"{money(found.decimal('put_in'))} put in and {money(found.decimal('came_out'))} that came out"
    return f"That is {percent(rate)} a year (XIRR), of {flows}. {ESTIMATE}"


INTENT: Final = Intent(name="rate_of_return", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
