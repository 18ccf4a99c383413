"""What a sentence about a goal says: its name and kind, what it costs, what is saved, what is added each month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from agents.models.offline import periods
from agents.models.offline.amounts import AMOUNT, parse_amount
from agents.models.offline.frame import Frame
from agents.models.offline.lexicon import read_phrases
from agents.models.offline.text import any_of
from agents.models.offline.wording import capital

_KINDS: Final = read_phrases("goals", "kinds")
KIND: Final = "(?:" + "|".join(re.escape(one) for one in sorted(_KINDS, key=len, reverse=True)) + ")"
_KIND: Final = any_of(KIND)
_END: Final = (
    r"(?=\s+(?:by|before|in|within|of|worth|costing|at|with|until|till|and|goals?|create|start|set|make|add|from|"
    r"that|which|so|next|on|for|to|i|need|is|please|via|can|how)\b|\s*[,.?!₹\d\x00]|\s+(?:rs|inr)\b|$)"
)
_ARTICLES: Final = r"(?:(?:a|an|the|my|our|new|own|buying|getting|some|this)\s+)*"
_NAMED: Final = re.compile(rf"\b(?:called|named|titled)\s+[\"'“]?(?P<name>[a-z][\w' ]{{1,40}}?){_END}")
_FOR: Final = re.compile(
    rf"\b(?:for|towards|to buy|buy|buying|to go on|to pay for|"
    rf"to fund)\s+{_ARTICLES}(?P<name>[a-z][a-z' ]{{1,40}}?){_END}"
)
BEFORE_GOAL: Final = re.compile(
    r"\b(?P<name>(?!(?:a|an|the|my|our|new|this|that|financial|savings?|saving|another|create|start|set|add|"
    r"make|up|first|reach|of|lakh|crore|k)\b)[a-z][a-z']{2,20}(?: (?:fund|trip|payment))?) goal\b"
)
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,])(?:₹\s?)?{AMOUNT}(?!\w| ?(?:%|percent|years?\b|months?\b|st\b|nd\b|rd\b|th\b))"
)
_MONTHLY: Final = re.compile(
    r"^\s*(?:more |extra |additional(?:ly)? |rupees )?(?:(?:a|per|every|each|"
    r"/) ?(?:month|mo)\b|monthly|p\.?m\b|/-? ?month)"
)
_MONTHLY_BEFORE: Final = re.compile(r"\b(?:monthly|sip|every month|each month|per month)(?: \w+){0,3} $")
_SAVED: Final = re.compile(r"\b(?:already (?:have|saved)|saved|set aside|have|got)(?: \w+)? (?:up )?$")
_SAVED_AFTER: Final = re.compile(r"^\s*(?:is |are )?(?:already|saved|set aside|in hand)\b")
_SMALLEST: Final = 100


@dataclass(frozen=True, slots=True)
class Amounts:
    """In rupees: the price of the thing, what is there already, what is added each month."""

    target: Decimal | None = None
    saved: Decimal | None = None
    monthly: Decimal | None = None


def amounts_of(frame: Frame) -> Amounts:
    """The amounts of a sentence by what stands around them; dates are left alone."""
    found: dict[str, Decimal] = {}
    text = frame.text
    for match in _AMOUNT.finditer(text):
        value = parse_amount(match[0])
        if value is None or value < _SMALLEST or value not in frame.quantities.amounts:
            continue
        before, after = text[: match.start()], text[match.end() :]
        role = "target"
        if _MONTHLY.match(after) or _MONTHLY_BEFORE.search(before):
            role = "monthly"
        elif _SAVED.search(before) or _SAVED_AFTER.match(after):
            role = "saved"
        found.setdefault(role, value)
    return Amounts(found.get("target"), found.get("saved"), found.get("monthly"))


def kind_of(frame: Frame) -> str:
    """The kind of goal in the records."""
    match = _KIND.search(frame.text)
    return _KINDS[match[0]] if match else "custom"


def name_of(frame: Frame) -> str | None:
    """What the goal is for, as a name; None when the sentence does not say."""
    for pattern in (_NAMED, _FOR, BEFORE_GOAL):
        for match in pattern.finditer(frame.text):
            name = re.sub(r"\b(?:goal|fund me|me)\b", "", match["name"]).strip(" '")
            if name and name not in ("it", "me", "that", "this", "goal", "a goal", "something", "saving", "future"):
                return capital(f"{name}{_destination(frame, name)}")
    kind = _KIND.search(frame.text)
    return capital(kind[0]) if kind else None


def _destination(frame: Frame, name: str) -> str:
    """` to Japan` of a trip to Japan, as it was typed."""
    match = re.search(rf"\b{re.escape(name)} (to [A-Z][\w]+(?: [A-Z][\w]+)?)", frame.cased)
    return f" {match[1]}" if match else ""


def deadline_of(frame: Frame) -> date | None:
    """The last day of the future period that was named, or so many months from now."""
    given = frame.quantities
    if given.deadline is not None:
        return given.deadline
    return periods.shift_months(frame.today, given.months) if given.months else None


def plain(amount: Decimal) -> str:
    """An amount as an argument."""
    return f"{amount.normalize():f}"
