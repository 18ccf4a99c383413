"""Requests about one thing of a list: which one is meant is looked up first, then the call is made for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.results import Call, Payload, Results


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutOne:
    """`listed` gives the list, `choose` the one that is meant or what to say instead, `call` what is wanted of it."""

    listed: Call
    missing: Callable[[Frame], Missing | None]
    choose: Callable[[Frame, Results], Payload | str]
    call: Callable[[Frame, Payload], Call]

    def calls(self, frame: Frame, results: Results) -> tuple[Call, ...]:
        """None while something is missing; the list; then the list and the call."""
        if self.missing(frame):
            return ()
        if results.get(self.listed) is None:
            return (self.listed,)
        one = self.choose(frame, results)
        return (self.listed,) if isinstance(one, str) else (self.listed, self.call(frame, one))

    def meant(self, frame: Frame, results: Results) -> Payload | str:
        """The one that is meant, or what to say instead: the question for what is missing, or for which one."""
        missing = self.missing(frame)
        return missing.question if missing else self.choose(frame, results)
