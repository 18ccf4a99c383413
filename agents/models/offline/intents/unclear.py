"""A period or an account and no word of what is asked about it: it could be money out, in, or kept."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import which
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Results

KIND: Final = "figure"
INTENTS: Final = {"spending": "spending", "income": "income", "savings": "cash_flow"}
_BARE: Final = re.compile(
    r"^[^\w]*(?:so |and |ok |tell (?:me )?)?(?:how much|what|total)(?: total| in all|"
    r" was it| is it)?[^\w]*$"
)


def _recognises(mentions: Mentions) -> bool:
    plain = mentions.rest.replace("\x00", " ")
    return bool(mentions.periods) and not mentions.subjects and bool(_BARE.match(" ".join(plain.split())))


def only_a_period(mentions: Mentions) -> bool:
    """Whether a period is all that was said: it follows up what was said before, or else nothing is asked of it."""
    return bool(mentions.periods) and not mentions.subjects and not re.search(r"\w", mentions.rest)


def _answer(frame: Frame, _: Results) -> str:
    return which(KIND, list(INTENTS))


INTENT: Final = Intent(name="unclear", recognises=_recognises, answer=_answer)
