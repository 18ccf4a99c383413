"""The person's word on being compared with others: how it stands, giving it, taking it back."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.period_names import day_name
from agents.models.offline.results import Call, Results

_ABOUT: Final = re.compile(
    r"\bconsent\b|\bcompar\w*[^?]*\b(?:others?|people|peers?|users)\b|\b(?:others?|people|peers?)\b[^?]*\bcompar\w*|"
    r"\b(?:similarity|peer comparison|comparison) (?:consent|sharing)\b|"
    r"\bpeer comparison\b|\bopt(?:ed|ing)?[ -]?(?:in|out)\b"
)
_NO: Final = re.compile(
    r"\b(?:withdraw|revoke|stop|remove|cancel|take back|delete|opt[ -]?out|no longer|don'?t|do not|never|off|disagree|"
    r"refuse|no|close|end)\b"
)
_YES: Final = re.compile(
    r"\b(?:i (?:agree|consent|allow|permit|accept)|give|grant|allow|enable|opt[ -]?in|turn on|switch on|start|yes|set|"
    r"you (?:may|can)|join)\b"
)
_ASKS: Final = re.compile(
    r"^(?:and |so )?(?:have|has|did|do|does|am|is|are|was|what|when|how|which|show|tell|check)\b|\bstatus\b|\bor not\b"
)
_STANDING: Final = Call("get_similarity_consent", {})


def _call(text: str) -> Call | None:
    if not _ABOUT.search(text):
        return None
    if _ASKS.search(text):
        asks_of_it = re.search(r"\bconsent|\bopt|\b(?:agree|allow)\w*|\bam i (?:being )?compared|\bcompared with", text)
        return _STANDING if asks_of_it and not re.search(r"\bhow (?:do|am|am i) ", text) else None
    if _NO.search(text):
        return Call("set_similarity_consent", {"granted": False})
    return Call("set_similarity_consent", {"granted": True}) if _YES.search(text) else None


def _answer(frame: Frame, results: Results) -> str:
    found = results.of(_call(frame.text) or _STANDING)
    on = found.day("changed_at")
    since = f" since {day_name(on)}" if on else ""
    if found.data.get("granted"):
        return (
            f"You agree to be compared with others who agreed{since}. They learn what many people come to together, "
            "never anything of yours alone. You can take it back at any time."
        )
    return f"You are not compared with anybody{since}. Tell me that you agree, if you want to be."


INTENT: Final = Intent(
    name="consent",
    recognises=lambda mentions: _call(mentions.text) is not None,
    calls=lambda frame, _results: (_call(frame.text) or _STANDING,),
    answer=_answer,
    carries=False,
)
