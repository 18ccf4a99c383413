"""Number words of languages of Europe. They are not read: no figure that is told in them passes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agents.verification.word_tables import Languages, listed, load

_LANGUAGES: Final[Languages] = load("european_numbers.toml")


def _numbers(language: dict[str, str]) -> Iterator[str]:
    small, tens = language["small"].split(), language["tens"].split()
    plain = small + tens
    if "join" in language:
        plain += [f"{one}{language['join']}{ten}" for one in small for ten in tens]
    yield from plain
    yield from language.get("other", "").split()
    yield from (word + ending for word in plain for ending in language.get("endings", "").split())


# Short articles ("ein") are no numbers by themselves.
_ARTICLES: Final = frozenset({"ein"})
_UNITS: Final = listed(_LANGUAGES, "units")
_NUMBERS: Final = frozenset(word for language in _LANGUAGES.values() for word in _numbers(language)) - _ARTICLES
OPENING: Final = _NUMBERS | _UNITS


def _any(words: frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


_NUMBER: Final = _any(_NUMBERS)
_SCALE: Final = _any(listed(_LANGUAGES, "scales"))
_AND: Final = _any(listed(_LANGUAGES, "and"))
_WORD: Final = re.compile(r"[a-zß]{3,}")
_UNIT: Final = rf"(?:lakhs?|lacs?|crores?|thousand|million|billion|rupees?|rupaye|percent|per cent|{_any(_UNITS)})"
_FIGURE: Final = re.compile(
    rf"(?<!\w)(?:{_NUMBER}(?:[ -](?:{_NUMBER}|{_SCALE}|{_AND})){{0,8}}(?:[ -]{_UNIT}(?!\w)|\s?%)"
    rf"|{_NUMBER}[ -]{_SCALE}(?!\w)|{_SCALE} {_any(_UNITS)}(?!\w)"
    rf"|(?:₹|€|\bRs\.?|\bINR)\s?{_NUMBER}(?!\w)|\w+(?:hundert|tausend)(?!\w))",
    re.IGNORECASE,
)


def find_european(text: str) -> list[tuple[int, int]]:
    """Where such a number stands next to a unit, a scale or a currency."""
    if OPENING.isdisjoint(_WORD.findall(text.lower())):
        return []
    return [match.span() for match in _FIGURE.finditer(text)]
