"""What would be kept without a payee or a kind of spending: what it takes a month on average."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from agents.models.offline.flow_answers import calls_of, flow_answer
from agents.models.offline.flows import SPENDING
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Results
from agents.models.offline.shapes import Shape
from agents.models.offline.wording import ESTIMATE

_STOP: Final = (
    r"(?:stop(?:ped)?|quit|cut(?: out)?|give up|gave up|skip(?:ped)?|avoid(?:ed)?|cancel(?:led)?|drop(?:ped)?|don't|"
    r"do not|didn't)"
)
_CUES: Final = re.compile(
    rf"\b(?:sav(?:e|ed|ing)|kept|keep|left)\b[^?]*\b(?:if (?:i|we) {_STOP}|by (?:stopping|quitting|skipping|avoiding)|"
    rf"without)\b|\bif (?:i|we) {_STOP}\b[^?]*\b(?:sav(?:e|ed|ing)|keep|left)\b|"
    r"\b(?:stop|cancel)\b[^?]*\bhow much (?:will be left|saved|saving)"
)
_OTHER: Final = re.compile(r"\bgoal\b|\bsip\b|\binvest\w*|\bretire\w*|\bby \d|\btax\b")


def _recognises(mentions: Mentions) -> bool:
    return bool(mentions.subjects and _CUES.search(mentions.text)) and not _OTHER.search(mentions.text)


def _given_up(frame: Frame) -> Frame:
    """The frame about what would be left out: "without eating out" is about eating out here."""
    return replace(
        frame,
        categories=frame.categories or frame.excluded_categories,
        payees=frame.payees or frame.excluded_payees,
        excluded_categories=(),
        excluded_payees=(),
    )


def _answer(frame: Frame, results: Results) -> str:
    return f"{flow_answer(SPENDING, _given_up(frame), results)} That is what would stay with you. {ESTIMATE}"


INTENT: Final = Intent(
    name="giving_up",
    recognises=_recognises,
    calls=lambda frame, results: calls_of(SPENDING, _given_up(frame), results),
    answer=_answer,
    shape=lambda _: Shape.AVERAGE,
)
