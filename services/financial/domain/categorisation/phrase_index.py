"""Finds the phrases of all rules in a text at once, at word boundaries."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from operator import itemgetter
from typing import Final

from services.financial.domain.categorisation.rule import Rule, Tier
from services.financial.domain.categorisation.text import without_company_form, words_of
from services.shared.domain.errors import InvalidInputError

# A phrase this short must be split into words as the rule splits it; a longer one also matches run together
# (BIGBASKET) or split otherwise (BIG BASKET), which names and UPI handles do freely.
_SHORT: Final = 4
_SHORTEST_PREFIX: Final = 4
# Banks cut names to ten characters or more. Of the word that was cut two letters must be left: one is an initial.
_SHORTEST_CUT: Final = 9
_CUT_WORD: Final = re.compile(r"^\w.* \w\w+$")


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
    _names: list[tuple[str, Rule]] = field(default_factory=list)
    _longest: int = 1

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "PhraseIndex":
        """An index of every pattern of the rules."""
        index = cls()
        for rule in rules:
            for pattern in rule.patterns:
                index._add(pattern, rule)
        index._names.sort(key=itemgetter(0))
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
            if rule.tier is Tier.MERCHANT:
                self._names.append((" ".join(words), rule))

    def find(self, text: str, *, may_be_cut: bool) -> Iterator[Hit]:
        """Every phrase that occurs in the text; when it may have been cut at its end, also the name that was."""
        words = words_of(text)
        for rule in self._whole.get("".join(without_company_form(words)), ()):
            yield Hit(rule, len(text))
        for start, word in enumerate(words):
            yield from self._starting_at(words, start)
            for end in range(_SHORTEST_PREFIX, len(word) + 1):
                for rule in self._prefixes.get(word[:end], ()):
                    yield Hit(rule, end)
        if may_be_cut:
            yield from self._complete(" ".join(words))

    def _complete(self, cut: str) -> Iterator[Hit]:
        """The merchant whose name was cut within a word (TRENT HYPE), if all that begin so have one category."""
        if len(cut) < _SHORTEST_CUT or not _CUT_WORD.match(cut):
            return
        names = self._names
        first = bisect_left(names, cut, key=itemgetter(0))
        following = (names[at] for at in range(first, len(names)))
        beginning = takewhile(lambda named: named[0].startswith(cut), following)
        meant = [rule for name, rule in beginning if name[len(cut) : len(cut) + 1].strip()]
        if len({rule.category for rule in meant}) == 1:
            yield Hit(meant[0], len(cut))

    def _starting_at(self, words: list[str], start: int) -> Iterator[Hit]:
        letters = ""
        for count, word in enumerate(words[start : start + self._longest], 1):
            letters += word
            for expected, rule in self._phrases.get(letters, ()):
                if len(letters) > _SHORT or count == expected:
                    yield Hit(rule, len(letters))
