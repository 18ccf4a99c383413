"""Number words of the languages of India in their own scripts, and what is known to hold one that is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from agents.verification.word_tables import Languages, listed, load

_LANGUAGES: Final[Languages] = load("indian_numbers.toml")
_OTHER_KEYS: Final = frozenset({"numbers", "hundreds", "endings", "doubtful", "stems"})
_LAST_WITH_ENDINGS: Final = 10
_LAST_OF_HUNDREDS: Final = 99


def _numbers(language: dict[str, str]) -> Iterator[tuple[str, int]]:
    for line in language["numbers"].strip().splitlines():
        start, *columns = line.split()
        for value, spellings in enumerate(columns, start=int(start)):
            yield from ((word, value) for word in spellings.split("/"))


def _with_endings(language: dict[str, str]) -> Iterator[tuple[str, int]]:
    hundreds, endings = language.get("hundreds", "").split(), language.get("endings", "").split()
    for word, value in _numbers(language):
        yield word, value
        if value <= _LAST_OF_HUNDREDS:
            yield from ((word + ending, value * 100) for ending in hundreds)
        if value <= _LAST_WITH_ENDINGS:
            yield from ((word + ending, value) for ending in endings)


NUMBERS: Final = {word: Decimal(value) for language in _LANGUAGES.values() for word, value in _with_endings(language)}
MEANINGS: Final = {
    word: meaning
    for language in _LANGUAGES.values()
    for meaning, forms in language.items()
    if meaning not in _OTHER_KEYS
    for word in forms.split()
}
"""Scales, parts and units by the words of the common vocabulary that they stand for."""
DOUBTFUL: Final = listed(_LANGUAGES, "doubtful")
ENDINGS: Final = listed(_LANGUAGES, "endings")
_STEMS: Final = re.compile("|".join(language["stems"] for language in _LANGUAGES.values()))
# Scripts in which an ending can make a number of any word, so that none is known before it is complete. In Devanagari
# only what begins as a scale goes on to be one.
_UNDECIDED: Final = re.compile("[\u0600-\u06ff\u0980-\u0d7f]|^(?:लाख|हज|कोटी|करोड)")


def holds_number(word: str) -> bool:
    """Whether a word is or contains a number by what it is made of: lakhs inflected, a number and its scale as one."""
    return not word.isascii() and _STEMS.fullmatch(word) is not None


def may_become_number(word: str) -> bool:
    """Whether the end of an unfinished word decides."""
    return not word.isascii() and _UNDECIDED.search(word) is not None
