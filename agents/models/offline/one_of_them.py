"""Questions about one payment of those just told: "how much was the second one", "when was that"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intents import spending, transactions
from agents.models.offline.mentions import find_mentions
from agents.models.offline.number_words import ORDINALS
from agents.models.offline.shapes import Shape

# Places in a list count from 0, and from its end by -1.
_PLACES: Final = {word: number - 1 for word, number in ORDINALS.items()} | {"last": -1}
_PLACE: Final = rf"({'|'.join(_PLACES)})"
_ROW: Final = r"(?:one|payment|transaction|txn|entry|order|purchase|expense|item|row)"
_ONE: Final = re.compile(
    rf"\b{_PLACE} one\b|\bthe {_PLACE}(?: {_ROW})?(?: (?:cost|for|on|from|to|paid|was))*\W*$|"
    rf"^(?:and |what about |how about )*(?:the )?{_PLACE}(?: {_ROW})?\W*$"
)
_IT: Final = re.compile(
    r"^(?:and |so |ok |but )*(?:when|where|who(?:m)?|how much|what|"
    r"(?:on |in |from )?which (?:category|account|day|date))\b"
    r"(?: \w+){0,3} (?:it|that|this)(?: one)?(?: (?:for|on|from|to|paid|bought|exactly))*\W*$|"
    r"^(?:and |so |ok |but )*(?:how much|when|where|who|to whom)\W*$"
)
_WHEN: Final = re.compile(r"\bwhen\b|\bwhich da(?:y|te)\b")
_LONGEST: Final = 10


def about_one(text: str, context: Frame | None) -> Frame | None:
    """The frame about the one payment that is meant; None when the message is about anything else."""
    bare = text.lower()
    place = _place(bare)
    if context is None or (place is None and not _IT.search(bare)) or len(bare.split()) > _LONGEST:
        return None
    mentions = find_mentions(text, context.today)
    if mentions.periods or mentions.subjects or mentions.account or mentions.quantities or mentions.condition:
        return None
    if context.intent == transactions.INTENT.name:
        return _of_list(context, place)
    return _of_total(context, place, bare) if context.intent == spending.INTENT.name else None


def _place(text: str) -> int | None:
    match = _ONE.search(text)
    words = next((one for one in match.groups() if one), None) if match else None
    return _PLACES[words] if words else None


def _of_list(context: Frame, place: int | None) -> Frame | None:
    """A row of the list; the latest or the first of those that were only counted; or the one that was told."""
    if place is None:
        single = context.place is not None or context.shape in (
            Shape.LATEST,
            Shape.FIRST,
            Shape.LARGEST,
            Shape.SMALLEST,
        )
        return context if single else None
    if context.shape is Shape.COUNT:
        return _at_an_end(context, place)
    if context.shape is Shape.LIST:
        return replace(context, place=max(place, 0))  # The last payment is the newest, which is told first.
    return replace(context, place=place) if context.shape is Shape.LARGEST else None


def _of_total(context: Frame, place: int | None, text: str) -> Frame | None:
    """The payments behind a sum: its latest or first one, or all of them when it is asked when they were."""
    if context.shape is not Shape.TOTAL or len(context.periods) > 1:
        return None
    rows = replace(context, intent=transactions.INTENT.name, shape=Shape.LIST, text="payments", limit=None)
    if place is None:
        return rows if _WHEN.search(text) else None
    return _at_an_end(rows, place)


def _at_an_end(context: Frame, place: int) -> Frame | None:
    shape = {-1: Shape.LATEST, 0: Shape.FIRST}.get(place)
    return replace(context, shape=shape, place=None) if shape else None
