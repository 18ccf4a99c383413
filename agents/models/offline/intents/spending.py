"""What went out, by category, payee, account and period: the question that is asked most."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.flow_answers import calls_of, flow_answer
from agents.models.offline.flows import SPENDING
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions

_CUES: Final = re.compile(
    r"\bspen[dt](?:ing|s)?\b|\binvest(?:ed)?\b|\bexpens(?:es?|ive)\b|\bexpenditures?\b|\bpa(?:y|id|ying)\b|"
    r"\bcost(?:s|liest)?\b|\bb(?:uy|ought)\b|\boutgo(?:ings?)?\b|\boutflows?\b|"
    r"\bmoney where (?:goes?|went)\b|\bmoney (?:go|goes|going|gone)\b|\bwent\b|\bpurchase[ds]?\b|"
    r"\bshell(?:ed)? out\b|\bbl(?:ow|ew|own)\b|"
    r"\bsquander\w*|\bsplash\w*|"
    r"\bwast(?:e|ed)\b|\bsplurg|\bused? up\b|\bburn(?:ed|t)?\b|"
    r"\b(?:merchants?|payees?|vendors?|categor(?:y|ies)|shops|stores|brands)\b|"
    r"\bdebited\b|\bgo(?:es|ing)? (?:to|on|towards|into)\b"
)


def _recognises(mentions: Mentions) -> bool:
    return mentions.says(_CUES)


INTENT: Final = Intent(
    name="spending",
    recognises=_recognises,
    calls=lambda frame, results: calls_of(SPENDING, frame, results),
    answer=lambda frame, results: flow_answer(SPENDING, frame, results),
    by_account=True,
)
