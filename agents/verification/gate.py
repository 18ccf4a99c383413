"""The gate between a model's draft and the person: text passes at once, figures only when they hold.

A sentence is free until its first figure; from there it is held back until it ends and all its figures are verified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from agents.verification.evidence import Citation, Evidence
from agents.verification.figure import Figure, FigureKind
from agents.verification.figures import find_figures
from agents.verification.number_vocabulary import ends_with_every, first_number_word, other_words
from agents.verification.spelled import spelled_start
from agents.verification.writing import folded, odd_numerals, visible

# Where a figure in digits may begin, the end of the text included when a token may have cut one in two.
_FIGURE_START: Final = re.compile(
    r"[\d₹%$€£]|&(?:#|$)|\\(?:u|$)|(?-i:\b[IVXLCDM]{2,}\b|\b[IVXLCDM]+$)|\b(?:rs|inr|section|sec|form|schedule)\b|\b(?:r|rs|i|in|inr|[fa]y?|u|u/|u/s)$",
    re.IGNORECASE,
)
_READ_BACK: Final = 80
# A longer one is verified so far: it is read from its beginning with each token, and nobody writes such sentences.
_LONGEST_SENTENCE: Final = 2000
_TOKEN: Final = 24
_WORD_AND_SPACE: Final = re.compile(r"[^ ]+ ?| ")
_WORD_BEFORE: Final = re.compile(r"(?:[^\W\d_]+\.? ?)?[-−(]?$")
_SENTENCE_END: Final = re.compile(r"(?<!\bRs)(?<!\bNo)(?<!\bvs)(?<!\bSec)[.!?।۔؟][\"')*_]*(?=\s)|\n", re.IGNORECASE)
_ONLY_ITEM: Final = re.compile(r"(?:^|\n)\s*(?:[-*•]\s)?\d{1,2}\.$")


class Passage(NamedTuple):
    """Text that may be shown, the citations of its figures, and the figures that stopped a sentence."""

    text: str = ""
    citations: tuple[Citation, ...] = ()
    unverified: tuple[Figure, ...] = ()


@dataclass(slots=True)
class FigureGate:
    """Takes the draft piece by piece."""

    evidence: Evidence
    _released: str = field(default="", init=False)
    _held: str = field(default="", init=False)
    _item: int = field(default=0, init=False)

    def feed(self, text: str) -> Passage:
        """More of the draft; what of it may be shown now."""
        text = visible(text)
        if not self._held and self._figure_start(text) is None:
            self._release(text)
            return Passage(text)
        self._held += text
        return self._pass_sentences(at_end=False)

    def end(self) -> Passage:
        """The draft is complete: the rest."""
        return self._pass_sentences(at_end=True)

    def _pass_sentences(self, *, at_end: bool) -> Passage:
        shown: list[str] = []
        citations: list[Citation] = []
        while (sentence := self._next_sentence(at_end=at_end)) is not None:
            found, unverified = self._verify(sentence)
            if unverified:
                return self._passage(shown, citations, unverified)
            shown.append(self._release(sentence))
            citations += found
        if not at_end:
            shown.append(self._release(self._free_text()))
        return self._passage(shown, citations, [])

    def _release(self, text: str) -> str:
        """The text has passed; the last of what has is kept, to read figures with."""
        self._released = (self._released + text)[-_READ_BACK:]
        return text

    def _passage(self, shown: list[str], citations: list[Citation], unverified: list[Figure]) -> Passage:
        return Passage("".join(shown), tuple(citations), tuple(unverified))

    def _next_sentence(self, *, at_end: bool) -> str | None:
        for end in _SENTENCE_END.finditer(self._held, 0, _LONGEST_SENTENCE):
            if _ONLY_ITEM.search(self._held[: end.end()]) is None:
                return self._take(end.end())
        if len(self._held) > _LONGEST_SENTENCE:
            return self._take(self._held.rfind(" ", 0, _LONGEST_SENTENCE) + 1 or _LONGEST_SENTENCE)
        return self._take(len(self._held)) if at_end and self._held else None

    def _take(self, length: int) -> str:
        taken, self._held = self._held[:length], self._held[length:]
        return taken

    def _figure_start(self, text: str) -> int | None:
        """Where the first figure of the text begins, or may begin when more arrives.

        "Every" says nothing yet and passes: "other" after it does.
        """
        first, others = (_start_in_token if len(text) <= _TOKEN else _start)(text, self._letter_before(text))
        for place in others:
            if ends_with_every((self._released + text[:place])[-_READ_BACK:]):
                return place if first is None else min(first, place)
        return first

    def _letter_before(self, text: str) -> str:
        """The last letter of a word that goes on here, if one does; of the Latin ones any stands for all."""
        if text[:1].isspace() or not self._released[-1:].isalpha():
            return ""
        letter = folded(self._released[-1])
        return "a" if letter.isascii() else letter

    def _free_text(self) -> str:
        """What comes before the first figure of the unfinished sentence, less the word right before it."""
        first = self._figure_start(self._held)
        if first is None:
            free, self._held = self._held, ""
            return free
        before = _WORD_BEFORE.search(self._held[:first])
        cut = before.start() if before else first
        free, self._held = self._held[:cut], self._held[cut:]
        return free

    def _begun(self) -> str:
        """What of the sentence has been shown already: figures are read with the words before them."""
        return _SENTENCE_END.split(self._released)[-1]

    def _verify(self, sentence: str) -> tuple[list[Citation], list[Figure]]:
        citations: list[Citation] = []
        unverified: list[Figure] = []
        before = self._begun()
        for figure in find_figures(self.evidence.without_names(before + sentence)):
            if figure.end <= len(before):
                continue
            if figure.kind is FigureKind.ITEM and figure.value in {1, self._item + 1}:
                self._item = int(figure.value)
                continue
            found = self.evidence.cite(figure)
            if found is None:
                unverified.append(figure)
            else:
                citations += found
        return citations, unverified


def _start(text: str, before: str) -> tuple[int | None, tuple[int, ...]]:
    """Where the first of all kinds of figures begins, and the words that begin one after "every".

    Each kind is looked for before those that were found.
    """
    is_plain = _is_plain(text, before)
    first = None if is_plain else _start_of_words(text, before)
    others = () if is_plain else other_words(text)
    spelled = spelled_start(text[:first], follows_letter=bool(before))
    first = first if spelled is None else spelled
    odd = next(odd_numerals(text[:first]), None)
    return (first if odd is None else odd), others


def _start_of_words(text: str, before: str) -> int | None:
    digits = _FIGURE_START.search(text)
    first = digits.start() if digits is not None else None
    word = first_number_word(text[:first], before)
    return first if word is None else word


def _is_plain(text: str, before: str) -> bool:
    """Whether no word of the text begins a figure, whatever stands before it."""
    for word in _WORD_AND_SPACE.findall(text):
        if len(word) > _TOKEN or not _is_plain_word(word, before):
            return False
        before = ""
    return True


@lru_cache(maxsize=8192)
def _is_plain_word(word: str, before: str) -> bool:
    # What stands in angle brackets may join it with the next one.
    return "<" not in word and _start_of_words(word, before) is None and not other_words(word)


# Tokens and words come again and again, and most hold no figure.
_start_in_token: Final = lru_cache(maxsize=8192)(_start)
