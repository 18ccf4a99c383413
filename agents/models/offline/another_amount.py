"""A calculation asked again with another amount, rate or time: "prepay 1 lakh on my loan", "and if 3 lakh?"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.framing import frame_of
from agents.models.offline.intents.plans import retirement, what_if
from agents.models.offline.intents.wealth import loans, own_loans, projections, sip_change
from agents.models.offline.kinds import intent_of
from agents.models.offline.mentions import find_mentions
from agents.models.offline.quantities import AMOUNTS, RATES, SPANS, Quantities

_CALCULATED: Final = frozenset(
    one.INTENT.name for one in (loans, own_loans, projections, retirement, sip_change, what_if)
)
_AGAIN: Final = re.compile(
    r"^(?:and |so |ok |but )*(?:what |how )?(?:if|about|with|for|at|instead|then)?\b(?: (?:i|it|is|was|were|pay|save|"
    r"invest|put|do|prepay|increase|by|only|of|rate|for|at|with|in))*[\s\d.,₹%]"
)
_LONGEST: Final = 7


def with_another_amount(text: str, context: Frame | None, today: date) -> Frame | None:
    """The frame of the calculation with what is new in its place; None when the message is about anything else."""
    if context is None or context.intent not in _CALCULATED or len(text.split()) > _LONGEST:
        return None
    mentions = find_mentions(text, today)
    given = mentions.quantities
    named = mentions.categories or any(not one[0].isdigit() for one in mentions.payees)
    if not _AGAIN.search(text.lower()) or named or mentions.periods or mentions.account:
        return None
    for pattern, new in _kinds(given):
        old = pattern.search(context.cased.lower())
        said = pattern.search(text.lower())
        if new and old and said:
            asked = f"{context.cased[: old.start()]}{said[0]}{context.cased[old.end() :]}"
            return frame_of(find_mentions(asked, today), intent_of(context), today)
    return None


def _kinds(given: Quantities) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """What is given, the most telling first: a rate and a time are no amounts."""
    return ((RATES, bool(given.rates)), (SPANS, bool(given.spans)), (AMOUNTS, bool(given.amounts)))
