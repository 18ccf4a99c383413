"""Misspelt words of money questions put right. Figures, names and words that are anything else are never touched."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from agents.models.offline.language.phrasebook import phrasebook
from agents.models.offline.lexicon import lexicon, read_words, word_list

_WORD: Final = re.compile(r"(?<![\w.])(?:2day|b4|b/w|w/o)(?!\w)|(?<![\w'.@&-])[A-Za-z][A-Za-z'-]*(?![\w@&])")
_WEEK: Final = re.compile(r"\b(last|this|next|past) weak\b", re.IGNORECASE)
_SHORTEST: Final = 5
_SHORTEST_NAME: Final = 6
_LONG: Final = 8


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """`repairs`: words by their letters with one taken out, so that neighbours are found without comparing all."""

    known: frozenset[str]
    targets: Mapping[str, tuple[str, ...]]
    slips: Mapping[str, str]


def with_spelling(text: str) -> str:
    """The text with slips and misspellings of known words put right."""
    text, shouting = _WEEK.sub(r"\1 week", text), text.isupper()
    return _WORD.sub(lambda match: _repaired(match, shouting), text)


def knows(word: str) -> bool:
    """Whether a lower-case word stands in one of the lists, and not in that of what no record tells apart."""
    return _is_known(word, _vocabulary()) and word not in _apart()


def may_be_name(words: str) -> bool:
    """Whether lower-case words are more than small ones and those of money questions in general."""
    return any(word not in lexicon().stopwords and word not in _common() for word in words.split())


def _repaired(match: re.Match[str], shouting: bool) -> str:
    word, vocabulary = match[0], _vocabulary()
    bare = word.lower()
    named = word[:1].isupper() and not shouting and match.string[: match.start()].strip() != ""
    if bare in vocabulary.slips and not named:
        return vocabulary.slips[bare]
    if _is_known(bare, vocabulary) or len(bare) < (_SHORTEST_NAME if named else _SHORTEST):
        return word
    repaired = _nearest(bare, vocabulary, farthest=1 if named or len(bare) < _LONG else 2)
    return repaired or word


def _is_known(word: str, vocabulary: _Vocabulary) -> bool:
    bare = word.removesuffix("'s")
    return any(one in vocabulary.known for one in (bare, bare.removesuffix("s"), bare.removesuffix("es")))


def _nearest(word: str, vocabulary: _Vocabulary, farthest: int) -> str | None:
    """The one known word within the distance; None when there is none or when two are as near."""
    candidates = {one for key in _deletions(word) for one in vocabulary.targets.get(key, ())}
    if farthest > 1:
        candidates |= {one for key in _deletions(word) for key2 in _deletions(key) for one in _targets(key2)}
    ranked = sorted((distance(word, one), one) for one in candidates if one[0] == word[0] or len(word) > _SHORTEST)
    ranked = [one for one in ranked if one[0] <= farthest]
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _targets(key: str) -> tuple[str, ...]:
    return _vocabulary().targets.get(key, ())


def distance(left: str, right: str) -> int:
    """Damerau-Levenshtein distance (optimal string alignment): a swap of neighbours counts as one."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, start=1):
        row = [i]
        for j, b in enumerate(right, start=1):
            best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _deletions(word: str) -> set[str]:
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


@cache
def _apart() -> frozenset[str]:
    """People and things that no record tells apart."""
    return frozenset(word_list("vocabulary", "apart"))


@cache
def _common() -> frozenset[str]:
    return frozenset(word_list("vocabulary", "vocabulary"))


@cache
def _vocabulary() -> _Vocabulary:
    data, words = read_words("vocabulary"), lexicon()
    phrases = [*words.categories, *words.merchants, *words.institutions, *words.account_types]
    targets = {part for phrase in phrases for part in phrase.split() if part.isalpha() and len(part) >= _SHORTEST}
    targets |= _common()
    known = targets | {part for phrase in phrases for part in phrase.split()} | words.stopwords | phrasebook().words
    known |= set(word_list("vocabulary", "ordinary")) | _apart()
    by_deletion: dict[str, set[str]] = defaultdict(set)
    for word in targets:
        for key in _deletions(word):
            by_deletion[key].add(word)
    return _Vocabulary(
        known=frozenset(known),
        targets={key: tuple(sorted(found)) for key, found in by_deletion.items()},
        slips={word: str(right) for word, right in data["slips"].items()},
    )
