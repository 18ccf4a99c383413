"""A draft on its way to the person."""

from __future__ import annotations

import dataclasses
from io import StringIO
from typing import Any

from agents.runs.events import EventType
from agents.runs.sink import RunSink
from agents.verification.evidence import Evidence
from agents.verification.gate import FigureGate, Passage


class Draft:
    """Passes a model's text through the figure gate into the run's events.

    `shown` is what the person has been shown of the turn before. After a crash the log may hold text that the state
    does not: a draft that begins with the same words is not said twice. Neither is one that was sent back, and that the
    model begins anew although it was told to go on.
    """

    def __init__(self, sink: RunSink, evidence: Evidence, shown: str, *, sent_back: bool = False) -> None:
        self._text = StringIO()
        self._shown = StringIO()
        self._shown.write(shown)
        self._joins_on = bool(shown) and not shown[-1].isspace()
        self.citations: list[dict[str, Any]] = []
        self.stopped: list[str] = []
        self._sink = sink
        self._gate = FigureGate(evidence)
        self._repeatable = shown if sent_back else ""
        self._repeated = ""
        self._said_already = sink.said.text[len(shown) :] if sink.said.text.startswith(shown) else ""

    @property
    def text(self) -> str:
        """All that the model has said, whether it may be shown or not."""
        return self._text.getvalue()

    @property
    def shown(self) -> str:
        """All text of the turn that the person has been shown, before this draft and by it."""
        return self._shown.getvalue()

    def take(self, text: str) -> bool:
        """More text from the model; False when a figure stopped the draft."""
        self._text.write(text)
        return self._show(self._gate.feed(text))

    def end(self) -> None:
        """The model has finished."""
        if not self.stopped:
            self._show(self._gate.end())

    def _show(self, passage: Passage) -> bool:
        if new := self._unrepeated(passage.text):
            text = self._apart(new)
            self._shown.write(text)
            if fresh := self._unsaid(text):
                self._sink.text(fresh)
        for citation in () if self._repeatable else passage.citations:
            data = dataclasses.asdict(citation)
            self.citations.append(data)
            self._sink.emit_once(EventType.CITATION, data)
        self.stopped = [figure.text for figure in passage.unverified]
        return not self.stopped

    def _unrepeated(self, text: str) -> str:
        """The text without what the person has read before, as long as the draft says nothing else."""
        if not self._repeatable:
            return text
        self._repeated += text
        if self._repeatable.startswith(self._repeated):
            return ""
        repeats, self._repeatable = self._repeatable, ""
        return self._repeated.removeprefix(repeats)

    def _apart(self, text: str) -> str:
        """The text, kept apart from what an earlier draft had said up to the end of a sentence."""
        joins_on, self._joins_on = self._joins_on, False
        return f" {text}" if joins_on and not text[0].isspace() else text

    def _unsaid(self, text: str) -> str:
        """The part of the text that the log does not hold yet."""
        said = self._said_already
        if not said:
            return text
        if said.startswith(text):
            self._said_already = said[len(text) :]
            return ""
        self._said_already = ""
        return text[len(said) :] if text.startswith(said) else text
