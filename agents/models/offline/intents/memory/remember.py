"""Something about the person to be remembered, in their own words."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.amounts import AMOUNT
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Call, Results

_POLITE: Final = r"(?:(?:please|can you|could you|hey|ok|also|and|pls|i want you to|you should)\s+)*"
_VERB: Final = (
    r"(?:note to (?:self|myself)|remember|keep in mind|bear in mind|make a note|take note|memori[sz]e|(?:please |"
    r"do )?note(?: down)?|"
    r"don'?t forget)"
)
_CUES: Final = re.compile(
    rf"^(?!(?:please )?note(?: down)? {AMOUNT} ){_POLITE}(?:(?:this|it|my)\s+)?{_VERB}\b"
    r"(?! to\b|[^?]*\?$|[^?]*\b(?:transaction|payment|expense|order|purchase|txn)\b)|\bremember(?: this| that| it)?$"
)
_REMINDER: Final = re.compile(rf"^{_POLITE}(?:remember|don'?t forget) to\b|\bremind me\b")
# In the words as they were typed: what stands before the thing to be remembered, in English and in Hindi-English.
_YAAD: Final = (
    r"(?:(?:ye|yeh|yah|mera|meri|mere|isko|ise|is baat ko)\s+)?yaa?d\s+(?:rakh\w*|kar\w*)(?:\s+(?:lo|lena|na))?"
)
_LEAD: Final = re.compile(
    rf"^{_POLITE}(?:{_VERB}|{_YAAD}|note\s+kar\w*(?:\s+(?:lo|lena))?)"
    r"(?:\s+(?:something|this|it|a fact|of it))?(?:\s+(?:about|for) me)?\s*(?:\b(?:that|ki|ke)\b|[:,-])?\s*",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    rf"[\s,.]+(?:(?:and|so|please)\s+)*(?:{_YAAD}|remember (?:this|that|it))(?:\s+please)?[\s.!]*$", re.IGNORECASE
)


def _recognises(mentions: Mentions) -> bool:
    return bool(_CUES.search(mentions.text) or _REMINDER.search(mentions.text))


def thing_said(frame: Frame) -> str:
    """What is to be remembered, as it was typed."""
    text = _TAIL.sub("", frame.said) if _TAIL.search(frame.said) else _LEAD.sub("", frame.said, count=1)
    return text.strip(" .,:;\"'“”")


def _missing(frame: Frame) -> Missing | None:
    if thing_said(frame) or _REMINDER.search(frame.text):
        return None
    return Missing("What shall I remember of you?", "that {}", free=True)


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    if _missing(frame) or _REMINDER.search(frame.text):
        return ()
    return (Call("remember", {"text": thing_said(frame)}),)


def _answer(frame: Frame, results: Results) -> str:
    if _REMINDER.search(frame.text):
        return "I cannot remind you at a time of day. Ask me for your upcoming bills whenever you like."
    missing = _missing(frame)
    if missing:
        return missing.question
    return f"I will remember: “{results.of(_calls(frame, results)[0]).text('text')}”."


INTENT: Final = Intent(name="remember", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
