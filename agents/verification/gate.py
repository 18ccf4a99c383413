"""The gate between a model's draft and the person: text passes at once, figures only when they hold.

A sentence is free until its first figure; from there it is held back until it ends and all its figures are verified.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from agents.verification.evidence import Citation, Evidence
from agents.verification.figures import Figure, find_figures

# Where a figure may begin, the end of the text included when a token may have cut one in two.
_FIGURE_START = re.compile(r"[\d₹%]|\b(?:rs|inr)\b|\b(?:r|rs|i|in|inr|fy?)$", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]+\.? ?)?[-−(]?$")
_SENTENCE_END = re.compile(r"(?<!\bRs)(?<!\bNo)(?<!\bvs)[.!?][\"')*_]*(?=\s)|\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that may be shown, the citations of its figures, and the figures that stopped a sentence."""

    text: str = ""
    citations: tuple[Citation, ...] = ()
    unverified: tuple[Figure, ...] = ()


@dataclass(slots=True)
class FigureGate:
    """Takes the draft piece by piece. `released` is all that has passed."""

    evidence: Evidence
    released: str = ""
    _held: str = field(default="", init=False)

    def feed(self, text: str) -> Passage:
        """More of the draft; what of it may be shown now."""
        if not self._held and _FIGURE_START.search(text) is None:
            self.released += text
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
            shown.append(sentence)
            citations += found
        if not at_end:
            shown.append(self._free_text())
        return self._passage(shown, citations, [])

    def _passage(self, shown: list[str], citations: list[Citation], unverified: list[Figure]) -> Passage:
        text = "".join(shown)
        self.released += text
        return Passage(text, tuple(citations), tuple(unverified))

    def _next_sentence(self, *, at_end: bool) -> str | None:
        end = _SENTENCE_END.search(self._held)
        if end is not None:
            sentence, self._held = self._held[: end.end()], self._held[end.end() :]
            return sentence
        if at_end and self._held:
            sentence, self._held = self._held, ""
            return sentence
        return None

    def _free_text(self) -> str:
        """What comes before the first figure of the unfinished sentence, less the word right before it."""
        first = _FIGURE_START.search(self._held)
        if first is None:
            free, self._held = self._held, ""
            return free
        before = _WORD_BEFORE.search(self._held[: first.start()])
        cut = before.start() if before else first.start()
        free, self._held = self._held[:cut], self._held[cut:]
        return free

    def _verify(self, sentence: str) -> tuple[list[Citation], list[Figure]]:
        citations: list[Citation] = []
        unverified: list[Figure] = []
        for figure in find_figures(self.evidence.without_names(sentence)):
            citation = self.evidence.cite(figure)
            if citation is None:
                unverified.append(figure)
            else:
                citations.append(citation)
        return citations, unverified
