"""Ordinal words that state a count: "your fourth purchase", "chautha kharcha", "every other day"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from agents.verification import number_vocabulary as vocabulary
from agents.verification.figure import Figure, FigureKind
from agents.verification.number_vocabulary import ORDINALS, PLACES, SMALL, TENS
from agents.verification.writing import JOINED, letters, words

_ENUMERATES: Final = re.compile(r"\s?[,:]")


def find_ordinals(text: str) -> Iterator[Figure]:
    """Every ordinal in words that is a figure.

    From the third on an ordinal says how many there are at least, so that a tool has to bear it out. The first and the
    second are ordinary speech, as "one of" is. So is an ordinal that counts what the answer itself says ("Third, …", "a
    third option"), and one that is part of a name ("third-party cover", "the fourth quarter"). "Every other day" states
    two days, where "every day" states nothing.
    """
    found = list(words(text))
    read = [letters(match[0]) for match in found]
    # No words are next to each other that anything but spaces and hyphens keeps apart.
    parted = [not JOINED.fullmatch(text[one.end() : two.start()]) for one, two in pairwise(found)]
    for index, match in enumerate(found):
        before = "" if index == 0 or parted[index - 1] else read[index - 1]
        after = "" if index == len(parted) or parted[index] else read[index + 1]
        value, is_whole = _value(before, read[index], after)
        if value is None or _is_speech(before, after, text, match.end()):
            continue
        start = match.start() if is_whole else found[index - 1].start()
        yield Figure(text=text[start : match.end()], start=start, end=match.end(), kind=FigureKind.ORDINAL, value=value)


def _value(before: str, word: str, after: str) -> tuple[Decimal | None, bool]:
    """What the word counts, and whether it is all of the ordinal: the word before it may belong to it."""
    if before in TENS and ORDINALS.get(word, 10) < 10:
        return TENS[before] + ORDINALS[word], False
    if before in vocabulary.EVERY and word in vocabulary.OTHER and after in vocabulary.SPANS:
        return Decimal(2), False
    may_be_share = word in vocabulary.FRACTIONS and (before in SMALL or before == "a")
    is_share = may_be_share and after not in vocabulary.AFTER_ORDINALS
    return (None if is_share else PLACES.get(word)), True


def _is_speech(before: str, after: str, text: str, end: int) -> bool:
    return after in vocabulary.NOT_COUNTED or (
        before in {"", "and", "aur"} and _ENUMERATES.match(text, end) is not None
    )
