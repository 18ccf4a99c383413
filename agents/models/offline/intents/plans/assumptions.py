"""What the plans assume of the future, and the person's own figure in the place of one of them."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets, percent
from agents.models.offline.results import Call, Payload, Results

_CUES: Final = re.compile(r"\bassum\w*\b")
_SET: Final = re.compile(
    r"\b(?:set|assume|change|use|take|make|put|update|suppose|consider|let|reset|remove|go back)\b"
)
_RESET: Final = re.compile(r"\b(?:reset|remove|go back|back to|default|program'?s own|standard)\b")
_QUESTION: Final = re.compile(
    r"^(?:and |so )?(?:what|which|how|show|list|do|does|are|is|why|tell|where)\b|\bwhat (?:is|are)\b|"
    r"\bhow much\b|\b(?:show|list|tell)$"
)
_FIGURES: Final = (
    (
        "life_expectancy_years",
        re.compile(r"\blife expectancy\b|\blive (?:until|till|to|up to)\b|\blifespan\b|\bexpectancy\b"),
    ),
    (
        "inflation.home_percent",
        re.compile(
            r"\b(?:home|house|property)\b[^?]*\b(?:inflation|prices?|rise)\b|\binflation\b[^?]*\b(?:house|home|"
            r"property)\b"
        ),
    ),
    (
        "inflation.education_percent",
        re.compile(
            r"\b(?:education|school|college|fees)\b[^?]*\b(?:inflation|prices?|costs?|rise)\b|"
            r"\binflation\b[^?]*\b(?:education|fees)\b"
        ),
    ),
    ("inflation.retirement_percent", re.compile(r"\bretirement\b[^?]*\binflation\b|\binflation\b[^?]*\bretire")),
    ("inflation.general_percent", re.compile(r"\binflation\b|\bprice rise\b|\bprices\b|\bmehngai\b")),
)
_CLASSES: Final = (
    ("equity", re.compile(r"\b(?:equity|stocks?|shares?|share market|mutual funds?)\b")),
    ("debt", re.compile(r"\b(?:debt|bonds?|fixed income|fd|fixed deposits?)\b")),
    ("gold", re.compile(r"\bgold\b")),
    ("cash", re.compile(r"\bcash\b|\bsavings account\b")),
)
_SWINGS: Final = re.compile(r"\bvolatil\w*|\bstandard deviation\b|\bswings?\b|\brisk\b")
_NUMBER: Final = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d{1,2})?)(?![\w.]*\d)")


def _figure(text: str) -> str | None:
    """The assumption's name that the words speak of."""
    found = next((name for name, pattern in _FIGURES if pattern.search(text)), None)
    if found:
        return found
    asset = next((name for name, pattern in _CLASSES if pattern.search(text)), None)
    if asset is None:
        return None
    return f"{asset}.{'volatility' if _SWINGS.search(text) else 'expected_return'}_percent"


def _recognises(mentions: Mentions) -> bool:
    return bool(_CUES.search(mentions.text))


def _setting(frame: Frame) -> bool:
    return bool(_SET.search(frame.text)) and not _QUESTION.search(frame.text)


def _value(frame: Frame) -> str | None:
    """The figure that was said: a rate in percent, or for the years of a life a plain number."""
    if frame.quantities.rate is not None:
        return plain(frame.quantities.rate)
    numbers = _NUMBER.findall(frame.text)
    return str(numbers[0]) if numbers else None


def _missing(frame: Frame) -> Missing | None:
    if not _setting(frame):
        return None
    if _figure(frame.text) is None:
        return Missing(
            "Which assumption: the return of equity, debt, gold or cash, inflation, or life expectancy?", "for {}"
        )
    if _value(frame) is None and not _RESET.search(frame.text):
        return Missing("What figure shall I assume?", "of {}")
    return None


def _call(frame: Frame) -> Call:
    if not _setting(frame):
        return Call("list_assumptions", {})
    value = None if _RESET.search(frame.text) else _value(frame)
    return Call("set_assumptions", {"name": _figure(frame.text) or "", **({"value": value} if value else {})})


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    return () if _missing(frame) else (_call(frame),)


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    figures = results.of(_call(frame)).rows("figures")
    name = _figure(frame.text)
    asked = [one for one in figures if one.text("name") == name] or figures
    if len(asked) == 1:
        return f"{'From now on plans' if _setting(frame) else 'Plans'} assume: {_line(asked[0])}."
    return f"Plans assume:\n\n{bullets(_line(one) for one in asked)}\n\nTell me your own figure to put in its place."


def _line(one: Payload) -> str:
    name, value = one.text("name"), one.decimal("value")
    shown = percent(value) if name.endswith("_percent") else f"{value.normalize():f} years"
    words = name.removesuffix("_percent").removesuffix("_years").replace(".", ", ").replace("_", " ")
    return f"{words}: {shown}{' (your own)' if one.data.get('personal') else ''}"


INTENT: Final = Intent(name="assumptions", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
