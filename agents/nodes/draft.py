"""A draft on its way to the person."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from io import StringIO
from typing import Any

from agents.runs.events import EventType
from agents.runs.sink import RunSink
from agents.verification.evidence import Evidence
from agents.verification.gate import FigureGate, Passage


class Draft:
    """Passes a model's text through the figure gate into the run's events.

    `shown` is what the person has been shown of the turn before, `cited` where its figures came from. After a crash the
    log may hold the beginning of a draft that the state does not know: one with the same words says only the rest, one
    with others begins anew below. A draft that was sent back is not said twice either, when the model begins it anew
    although it was told to go on.
    """

    def __init__(
        self,
        sink: RunSink,
        evidence: Evidence,
        shown: str = "",
        cited: Sequence[dict[str, Any]] = (),
        *,
        sent_back: bool = False,
    ) -> None:
        self._shown = StringIO()
        self._shown.write(shown)
        self._joins_on = bool(shown) and not shown[-1].isspace()
        self._cut_short = _cut_short(sink, shown)
        self._again = ""
        self._cited_before = [one for one in sink.said.citations if one not in cited]
        self.citations = list(self._cited_before)
        self.stopped: list[str] = []
        self._sink = sink
        self._gate = FigureGate(evidence)
        self._repeatable = shown if sent_back else ""
        self._repeated = ""

    @property
    def shown(self) -> str:
        """All text of the turn that the person has been shown, before this draft and by it."""
        return self._shown.getvalue() + self._cut_short

    def take(self, text: str) -> bool:
        """More text from the model; False when a figure stopped the draft."""
        return self._show(self._gate.feed(text))

    def end(self) -> None:
        """The model has finished."""
        if not self.stopped:
            self._show(self._gate.end())

    def _show(self, passage: Passage) -> bool:
        if new := self._unrepeated(passage.text) if self._repeatable else passage.text:
            self._say(self._apart(new) if self._joins_on else new)
        for citation in () if self._repeatable else passage.citations:
            data = dataclasses.asdict(citation)
            if data not in self._cited_before:
                self.citations.append(data)
            self._sink.emit_once(EventType.CITATION, data)
        if passage.unverified:
            self.stopped = [figure.text for figure in passage.unverified]
        return not self.stopped

    def _unrepeated(self, text: str) -> str:
        """The text without what the person has read before, as long as the draft says nothing else."""
        self._repeated += text
        if self._repeatable.startswith(self._repeated):
            return ""
        repeats, self._repeatable = self._repeatable, ""
        return self._repeated.removeprefix(repeats)

    def _apart(self, text: str) -> str:
        """The text, kept apart from what an earlier draft had said up to the end of a sentence."""
        self._joins_on = False
        return text if text[0].isspace() else f" {text}"

    def _say(self, text: str) -> None:
        """Say what the log does not hold yet."""
        if before := self._cut_short:
            self._again += text
            if before.startswith(self._again):
                return
            self._cut_short = ""
            self._shown.write(before)
            goes_on = self._again.startswith(before)
            text = self._again[len(before) :] if goes_on else f"\n\n{self._again.lstrip()}"
        self._shown.write(text)
        self._sink.text(text)


def _cut_short(sink: RunSink, shown: str) -> str:
    """What the log holds beyond what the state knows was shown. A log that holds less was lost, and is told it."""
    said = sink.said.text
    if len(said) < len(shown) and shown.startswith(said):
        sink.text(shown[len(said) :])
    return said[len(shown) :] if said.startswith(shown) else ""
