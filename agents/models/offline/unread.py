"""Words of a question that mean nothing to the planner: an answer says so, where they could be what was asked about."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from agents.models.offline.language.phrasebook import phrasebook
from agents.models.offline.language.typos import knows

_WORD: Final = re.compile(r"(?<![\w'])[a-z][a-z-]{2,}(?![\w'])")


def unread_words(rest: str) -> tuple[str, ...]:
    """The words of lower-case text, blanked where it was understood, that stand in no list of known words."""
    found = dict.fromkeys(_WORD.findall(rest))
    return tuple(word for word in found if not (knows(word) or word in _english()))


@cache
def _english() -> frozenset[str]:
    """The words that Hindi is translated to."""
    return frozenset(word for one in phrasebook().phrases.values() for word in one.english.split())
