"""The Hindi-English phrase book, read from TOML."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from agents.models.offline.lexicon import read_words, word_list

NUMBER: Final = "#"


@dataclass(frozen=True, slots=True)
class Translation:
    """English for a phrase. A noun may be moved by a postposition; `@on` is a postposition itself."""

    english: str
    noun: bool = False


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Phrases as tuples of lower-case words, `#` for a number, and the words that numbers are made of."""

    phrases: Mapping[tuple[str, ...], Translation]
    markers: frozenset[str]
    numbers: Mapping[str, int]
    scales: Mapping[str, str]
    fractions: Mapping[str, str]
    units: frozenset[str]

    @property
    def longest(self) -> int:
        """Words of the longest phrase."""
        return max(len(phrase) for phrase in self.phrases)

    @property
    def words(self) -> frozenset[str]:
        """Every word that stands in it."""
        return frozenset(word for phrase in self.phrases for word in phrase) | self.markers | frozenset(self.numbers)


@cache
def phrasebook() -> Phrasebook:
    """The phrase book, read once."""
    data = read_words("hinglish")
    phrases = {key: Translation(english) for key, english in _expanded(data["phrases"])}
    phrases |= {key: Translation(english, noun=True) for key, english in _expanded(data["nouns"])}
    return Phrasebook(
        phrases=phrases,
        markers=frozenset(word_list("hinglish", "markers")),
        numbers={word: int(str(value)) for word, value in data["numbers"].items()},
        scales={word: str(value) for word, value in data["scales"].items()},
        fractions={word: str(value) for word, value in data["fractions"].items()},
        units=frozenset(word_list("hinglish", "units")),
    )


def _expanded(table: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], str]]:
    for phrase, english in table.items():
        for words in itertools.product(*(part.split("|") for part in phrase.split())):
            yield words, str(english)
