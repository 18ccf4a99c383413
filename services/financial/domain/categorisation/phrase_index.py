"""Finds the phrases of all rules in a text at once, at word boundaries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from services.financial.domain.categorisation.rule import Rule
from services.financial.domain.categorisation.text import without_company_form, words_of
from services.shared.domain.errors import InvalidInputError

# A phrase this short must be split into words as the rule splits it; a longer one also matches run together
# (BIGBASKET) or split otherwise (BIG BASKET), which names and UPI handles do freely.
_SHORT: Final = 4
_SHORTEST_PREFIX: Final = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a rule that was found, and the number of characters it covers."""

    rule: Rule
    length: int


@dataclass(slots=True)
class PhraseIndex:
    """Phrases by their letters; the work per text grows with its words, not with the number of phrases."""

    _phrases: dict[str, list[tuple[int, Rule]]] = field(default_factory=lambda: defaultdict(list))
    _whole: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    _prefixes: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    _longest: int = 1

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "PhraseIndex":
        """An index of every pattern of the rules."""
        index = cls()
        for rule in rules:
            for pattern in rule.patterns:
                index._add(pattern, rule)
        return index

    def _add(self, pattern: str, rule: Rule) -> None:
        words = words_of(pattern)
        letters = "".join(words)
        if not letters:
            raise InvalidInputError(f"Rule '{rule.id}' has the empty pattern '{pattern}'. Remove it.")
        if pattern.startswith("="):
            self._whole[letters].append(rule)
        elif pattern.endswith("*"):
            if len(letters) < _SHORTEST_PREFIX or len(words) > 1:
                raise InvalidInputError(
                    f"Rule '{rule.id}': '{pattern}' must be one word of {_SHORTEST_PREFIX} letters or more."
                )
            self._prefixes[letters].append(rule)
        else:
            self._phrases[letters].append((len(words), rule))
            self._longest = max(self._longest, len(words) + 1)

    def find(self, text: str) -> Iterator[Hit]:
        """Every phrase that occurs in the text."""
        words = words_of(text)
        for rule in self._whole.get("".join(without_company_form(words)), ()):
            yield Hit(rule, len(text))
        for start, word in enumerate(words):
            yield from self._starting_at(words, start)
            for end in range(_SHORTEST_PREFIX, len(word) + 1):
                for rule in self._prefixes.get(word[:end], ()):
                    yield Hit(rule, end)

    def _starting_at(self, words: list[str], start: int) -> Iterator[Hit]:
        letters = ""
        for count, word in enumerate(words[start : start + self._longest], 1):
            letters += word
            for expected, rule in self._phrases.get(letters, ()):
                if len(letters) > _SHORT or count == expected:
                    yield Hit(rule, len(letters))
