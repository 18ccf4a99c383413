"""What a sum or a SIP may grow to, and what an aim takes each month: told for goals only, and said so."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import KIND
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Results

_SAVING: Final = re.compile(
    r"\bsips?\b|\b(?:set aside|put aside|save|invest|deposit)\b[^?]*\b(?:month|monthly|year|yearly|every)\b|"
    r"\b(?:month|monthly|year|yearly|every)\b[^?]*\b(?:set aside|put aside|save|invest|deposit)\b"
)
_GROWS: Final = re.compile(
    r"\b(?:worth|become|grow|value|corpus|get|be|have|need|needed|required?|reach|for|how much|double)\b"
)
_INFLATED: Final = re.compile(
    r"\binflation[- ]adjusted\b|\b(?:double|triple) my money\b|\bworth (?:in|after) \d+ years\b"
)
# An aim with its price and its time, or with what is saved for it, that is no goal on record yet.
_AIM: Final = re.compile(
    rf"\b(?:plan|sav(?:e|ing)|need(?:ed)?|buy|reach|get|have|corpus|target|accumulate)\b|\b{KIND}\b"
)
_TIMED: Final = re.compile(r"\b(?:when|how (?:long|soon|many (?:months|years)))\b")
_AHEAD: Final = re.compile(r"\b(?:by|till|until|before|next)\b")
_PAST: Final = re.compile(
    r"\b(?:spen[dt]\w*|paid|pay|did|was|were|bought|last|received?|budget|transactions?|cost me)\b"
)
_OTHER: Final = re.compile(r"\b(?:loan|emi|goal|retire\w*|prepay\w*|tax|budget|afford|what if)\b")


def _recognises(mentions: Mentions) -> bool:
    text, given = mentions.text, mentions.quantities
    if _OTHER.search(text):
        return False
    if _INFLATED.search(text):
        return bool(given)
    timed = given.months or _TIMED.search(text) or (mentions.periods and _AHEAD.search(text))
    if given.amount is not None and timed and _AIM.search(text) and not _PAST.search(text):
        return True
    described = given.amount is not None and (given.months is not None or given.rate is not None)
    return described and bool(_SAVING.search(text)) and bool(_GROWS.search(text))


def _answer(_: Frame, __: Results) -> str:
    return (
        "I work that out for goals only, with assumed rises of prices and a spread of returns, and not for a sum by "
        "itself. Tell me to start a goal, with its amount and its day: I then say what it takes each month and how "
        "likely it is, and you can ask what if you put in more."
    )


INTENT: Final = Intent(name="projections", recognises=_recognises, answer=_answer)
