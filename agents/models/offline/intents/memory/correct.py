"""A memory put right, or erased."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.memory.which_memory import LIST_MEMORIES, one_memory
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Call, Payload, Results

_MEMORY: Final = r"(?:memor(?:y|ies)|what (?:you|i)\b[^?]*\b(?:remember|know|told|said)\w*|(?:you )?remember(?:ed)?)"
_FORGET: Final = re.compile(
    r"^(?:(?:please|can you|could you|ok|and|now|pls)\s+)*forget\b(?! it[.!]*$)|"
    rf"\b(?:delete|erase|remove|drop|clear)\b[^?]*\b{_MEMORY}\b|\bforget(?: that| this| about it)?$|"
    rf"\b{_MEMORY}\b[^?]*\b(?:delete|erase|remove)\b"
)
_CORRECT: Final = re.compile(
    rf"\b(?:correct|update|change|fix|edit|put right)\b[^?]*\b{_MEMORY}\b|"
    rf"\b{_MEMORY}\b[^?]*\b(?:correct|change|fix|update)\b|"
    r"\byou (?:remember|remembered|have|know) (?:it |this |that |me )?wrong|\bwrong\b[^?]*\bremember"
)
_BOTH: Final = re.compile(
    r"^(?P<about>.*?)\s*(?:\bto say(?: that)?\b|[:;,]|\bto\b(?=\s)|\binstead\b|\bit is\b)\s*(?P<text>.+)$",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"^.*?\b(?:memor(?:y|ies)|remember(?:ed)?|know|told you|said|yaa?d(?: hai)?|wrong(?:ly)?)\b(?: (?:about|of|"
    r"that|for))?",
    re.IGNORECASE,
)


def _recognises(mentions: Mentions) -> bool:
    return bool(_FORGET.search(mentions.text) or _CORRECT.search(mentions.text))


def _correcting(frame: Frame) -> bool:
    return bool(_CORRECT.search(frame.text))


def _parts(frame: Frame) -> tuple[str, str]:
    """Which memory is meant and what it shall say, empty where it was not said. One says a correction's subject too."""
    rest = _LEAD.sub("", frame.said, count=1)
    match = _BOTH.match(rest)
    if match is None:
        return rest, ""
    about, text = match["about"].strip(), match["text"].strip(" .,:;\"'“”")
    return f"{about} {text}", re.sub(r"^it\b", about or "it", text, flags=re.IGNORECASE)


def _missing(frame: Frame) -> Missing | None:
    if not _correcting(frame) or _parts(frame)[1]:
        return None
    return Missing("What shall it say instead?", "to say {}", free=True)


def _call(frame: Frame, memory: Payload) -> Call:
    about: dict[str, object] = {"memory_id": memory.text("memory_id")}
    return Call("correct_memory", about | {"text": _parts(frame)[1]}) if _correcting(frame) else Call("forget", about)


def _meant(frame: Frame, results: Results) -> Payload | str:
    return one_memory(frame, _parts(frame)[0] if _correcting(frame) else frame.said, results)


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    if results.get(LIST_MEMORIES) is None:
        return (LIST_MEMORIES,)
    memory = _meant(frame, results)
    return (LIST_MEMORIES,) if isinstance(memory, str) else (LIST_MEMORIES, _call(frame, memory))


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    memory = _meant(frame, results)
    if isinstance(memory, str):
        return memory
    done = results.of(_call(frame, memory))
    return (
        f"I remember now: “{done.text('text')}”." if _correcting(frame) else f"Forgotten: “{done.text('forgotten')}”."
    )


INTENT: Final = Intent(name="correct_memory", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
