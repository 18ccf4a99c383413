"""Where a message that asks several things can be cut. Whether a cut holds is for `understanding` to say."""

from __future__ import annotations

import re
from typing import Final

_STARTER: Final = (
    r"(?:what(?:'s|s)?|how(?:'s)?|who(?:m)?|which|when(?:'s)?|where|why|did|do|does|am|are|is|was|were|can|could|"
    r"will|would|should|"
    r"have|has|show|list|tell|give|compare|find|start|create|set up|add|make)\b"
)
_NOUN: Final = (
    r"(?:my |the |our )?(?:(?:bank |account |current |hdfc |sbi |icici |axis |kotak )?balances?|net ?worth|"
    r"goals?|budgets?|(?:last |latest )?salary|subscriptions?|"
    r"upcoming (?:bills|payments)|bills due|recent transactions|"
    r"portfolio|savings rate|credit score|recurring payments|bank balance)\b(?! (?:by|between|in|for)\b)"
)
_SENTENCE: Final = re.compile(r"(?<=[\w)'\"%])[?!;]+\s+|(?<=[a-z)]{3})\.\s+(?=\S)|\n+")
_JOINED: Final = re.compile(
    rf"(?:\s*,)?\s+(?:and also|and then|and|also|plus|as well as|&)\s+(?=(?:also )?(?:{_STARTER}|{_NOUN}\s*(?:\?|"
    rf"$|how|,|and)))"
    rf"|\s*,\s+(?=(?:and )?{_STARTER})"
    rf"|\s*,?\s+and\s+(?=(?:\w+ ){{1,3}}how much(?: money)?\s*\??$)",
    re.IGNORECASE,
)
_CONDITIONAL: Final = re.compile(r"^(?:if|suppose|assuming|say|when|after|once)\b", re.IGNORECASE)
_MOST_PARTS: Final = 5


def clauses(text: str) -> list[str]:
    """The text cut at every place that could end a question; one element when there is none."""
    pieces: list[str] = []
    for sentence in _SENTENCE.split(text):
        found = [part.strip(" ,") for part in _JOINED.split(sentence)]
        if len(found) > 1 and _CONDITIONAL.match(found[0]):
            found = [sentence.strip()]
        pieces.extend(part for part in found if part)
    return pieces if 1 < len(pieces) <= _MOST_PARTS else [text]
