"""How the person wants investments spread: the target, in percent by asset class."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import joined
from agents.models.offline.results import Call, Results

_TARGET: Final = re.compile(
    r"\b(?:target|desired|ideal|wanted)\b[^?]*\b(?:allocation|mix|spread|split|portfolio)\b|"
    r"\b(?:allocation|mix)\b[^?]*\btarget\b"
)
_SET: Final = re.compile(
    r"\b(?:set|change|update|make|create|keep|put|i want|let|fix|aim|remove|delete|clear|take back)\b|%|"
    r"\bpercent\b|\d\d[/:-]\d\d"
)
_REMOVE: Final = re.compile(r"\b(?:remove|delete|clear|take back|drop)\b")
_QUESTION: Final = re.compile(r"^(?:how|what|which|am|is|are|show|list|does|do)\b")
_CLASSES: Final = {
    "equity": r"equity|equities|stocks?|shares?|share market",
    "debt": r"debt|bonds?|fixed income|fd",
    "gold": r"gold",
    "cash": r"cash|liquid",
    "real_estate": r"real estate|property",
    "hybrid": r"hybrid",
    "other": r"other",
}
_PERCENT: Final = r"(?P<percent>\d{1,3}(?:\.\d{1,2})?)(?![\d/])\s*(?:%|percent|per ?cent)?\s*"
_BEFORE: Final = {
    name: re.compile(rf"(?<![\d./]){_PERCENT}(?:in |into |to |of )?(?:{words})\b") for name, words in _CLASSES.items()
}
_AFTER: Final = {
    name: re.compile(rf"\b(?:{words})\b\s*(?:to |at |is |:|=|-|in )?\s*{_PERCENT}") for name, words in _CLASSES.items()
}
_BARE: Final = re.compile(r"\b(\d{1,3})\s*[/:-]\s*(\d{1,3})\b")
_WHOLE: Final = Decimal(100)


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    return bool(_TARGET.search(text) and _SET.search(text)) and not _QUESTION.search(text)


def _percents(frame: Frame) -> dict[str, str]:
    """By class; the figure stands before its class throughout, or after it throughout."""
    text = frame.text
    bare = _BARE.search(text)
    if bare:
        named = sorted(
            (match.start(), name)
            for name, words in _CLASSES.items()
            if (match := re.search(rf"\b(?:{words})\b", text)) is not None
        )
        if len(named) == 2:
            return {name: figure for (_, name), figure in zip(named, bare.groups(), strict=True)}
    found = [
        {name: match["percent"] for name, pattern in side.items() if (match := pattern.search(text)) is not None}
        for side in (_BEFORE, _AFTER)
    ]
    return next((one for one in found if _adds_up(one)), found[0] or found[1])


def _adds_up(percents: dict[str, str]) -> bool:
    return sum((Decimal(one) for one in percents.values()), Decimal(0)) == _WHOLE


def _missing(frame: Frame) -> Missing | None:
    if _REMOVE.search(frame.text) or _adds_up(_percents(frame)):
        return None
    return Missing("Which percent for each class, such as equity and debt, so that nothing is left over?", "with {}")


def _call(frame: Frame) -> Call:
    return Call("set_target_allocation", {"percents": {} if _REMOVE.search(frame.text) else _percents(frame)})


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    return () if _missing(frame) else (_call(frame),)


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    percents = results.of(_call(frame)).part("percents")
    if not percents.data:
        return "The target is taken back."
    parts = [f"{percents.decimal(name).normalize():f}% {name.replace('_', ' ')}" for name in percents.data]
    return f"Your target is {joined(parts)}."


INTENT: Final = Intent(name="target", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
