"""Which of the person's holdings a question is about: those it names, or those of the kind that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.lexicon import read_phrases, word_list
from agents.models.offline.rendering import joined
from agents.models.offline.results import Payload
from agents.models.offline.unread import unread_words

_WORD: Final = re.compile(r"[a-z0-9][a-z0-9&.]*[a-z0-9]")
# Where the name of a holding stands.
_CALLED: Final = re.compile(
    r"([a-z][a-z&.' ]*) (?:shares?|stocks?|funds?|etfs?|sips?)\b|\b(?:in|of|from|on) (?:my |the )*([a-z][a-z&.' ]*)"
)
_CLASSES: Final = frozenset({"gold"})


def chosen_of(frame: Frame, rows: Sequence[Payload], kinds: Sequence[Payload]) -> list[Payload] | str:
    """Those that are meant, or what to say where there are none; `kinds` are the holdings that tell the kinds."""
    meant = named(frame, rows)
    if meant:
        return meant
    names = joined([one.text("name") for one in rows])
    unknown = [word for match in _CALLED.finditer(frame.text) for word in unread_words(match[1] or match[2])]
    if unknown:
        return f"No investment of yours is called “{' '.join(unknown)}”. On record are {names}."
    kept = _of_kind(frame.text, rows, kinds)
    return kept or f"No {_kinds().findall(frame.text)[0]} of yours is on record. On record are {names}."


def named(frame: Frame, rows: Sequence[Payload]) -> list[Payload]:
    """Those that share most words with the question, words left out that many holdings share."""
    said = set(_WORD.findall(frame.text)) - _generic()
    scores = [len(said & set(_WORD.findall(one.text("name").lower()))) for one in rows]
    best = max(scores, default=0)
    return [one for one, score in zip(rows, scores, strict=True) if score == best] if best else []


def _of_kind(text: str, rows: Sequence[Payload], kinds: Sequence[Payload]) -> list[Payload]:
    kind = kind_asked(text)
    if kind is None or not kinds:
        return list(rows)
    key = "asset_class" if kind in _CLASSES else "kind"
    meant = {one.text("instrument_id") for one in kinds if one.text(key) == kind}
    return [one for one in rows if one.text("instrument_id") in meant]


def kind_asked(text: str) -> str | None:
    """The kind or the class of investment that lower-case text names, as the records call it."""
    found = _kinds().search(text)
    return read_phrases("investments", "kinds")[found[0]] if found else None


def without_kind(text: str) -> str:
    """Lower-case text without the words for kinds."""
    return _kinds().sub(" ", text)


@cache
def _generic() -> frozenset[str]:
    return frozenset(word_list("investments", "generic"))


@cache
def _kinds() -> re.Pattern[str]:
    phrases = sorted(read_phrases("investments", "kinds"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")
