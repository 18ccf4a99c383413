"""What if the SIPs were raised: what they come to now, and what as much more a month would mean for a goal."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans import what_if
from agents.models.offline.intents.wealth.investment_answers import sips
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Call, Results

_SIPS: Final = Call("find_sips", {})
_RAISE: Final = r"(?:increas\w*|rais\w*|step up|top up|add)"
_CUES: Final = re.compile(
    rf"\b(?:what if|what happens|if (?:i|we)|suppose|should i|can i)\b[^?]*\b{_RAISE}\b[^?]*\bsips?\b|"
    rf"\bif\b[^?]*\bsips?\b[^?]*\b(?:{_RAISE}|more)\b|^{_RAISE} (?:my )?sips?\b"
)


def _recognises(mentions: Mentions) -> bool:
    given, text = mentions.quantities, mentions.text
    return bool(_CUES.search(text)) and given.amount is not None and not (given.months or "goal" in text)


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    return (_SIPS, *what_if.INTENT.calls(what_if.of_each_month(frame), results))


def _answer(frame: Frame, results: Results) -> str:
    now = sips(frame, results.of(_SIPS))
    unknown = "What more of it would grow to no record tells; for a goal I work it out with assumed returns."
    return f"{now}\n\n{unknown} {what_if.INTENT.answer(what_if.of_each_month(frame), results)}"


INTENT: Final = Intent(name="sip_change", recognises=_recognises, calls=_calls, answer=_answer)
