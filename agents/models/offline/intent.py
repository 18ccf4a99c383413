"""What an intent is: one module of `intents` that recognises a question, plans its calls and writes its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Call, Results
from agents.models.offline.shapes import Shape, flow_shape


def no_calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    """The plan of an intent that needs no tool."""
    return ()


def nothing_missing(frame: Frame) -> Missing | None:
    """The check of an intent that never asks back."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One kind of question.

    `calls` returns every call the answer needs as far as the results so far tell; the planner asks for those that have
    no answer yet, and asks again until there are none. `answer` runs when all are answered and returns Markdown.
    `missing` names what has to be asked for before the frame can be answered; `answer` then asks for it.
    `carries` says whether a follow-up such as "and in September?" can refer to it.
    """

    name: str
    recognises: Callable[[Mentions], bool]
    answer: Callable[[Frame, Results], str]
    calls: Callable[[Frame, Results], tuple[Call, ...]] = no_calls
    shape: Callable[[Mentions], Shape] = flow_shape
    carries: bool = True
    by_account: bool = False
    missing: Callable[[Frame], Missing | None] = nothing_missing
