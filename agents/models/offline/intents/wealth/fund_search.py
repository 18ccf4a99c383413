"""Mutual funds looked up in AMFI's list: the newest NAV and the codes."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results

_NAV: Final = re.compile(r"\bnav\b|\bnet asset value\b|\bamfi code\b|\bscheme code\b|\bisin (?:of|for)\b")
_FIND: Final = re.compile(
    r"\b(?:find|search(?: for)?|look ?up|details? of|info(?:rmation)? (?:on|about|of))\b[^?]*\b(?:fund|scheme)s?\b|"
    r"\b(?:fund|scheme)s?\b[^?]*\b(?:find|search|look up|details?)\b"
)
_OWN: Final = re.compile(
    r"\bmy (?:mutual )?funds?\b|\bgoal\b|\bbudget\b|\bemergency\b|\b(?:bought|sold|buy|sell|invested|sip of|"
    r"record)\b|\bunits\b"
)
_AROUND: Final = re.compile(
    r"\b(?:what(?:'s| is| are)?|whats|tell me|tell|show(?: me)?|get|find|search(?: for)?|look ?up|please|can you|the|a|"
    r"latest|current|today'?s|newest|now|nav|net asset value|amfi code|scheme code|isin|of|for|my|how much|is|"
    r"details?|info(?:rmation)?|on|about|mutual funds?|(?:funds?|schemes?) (?:called|named|by name)|named|called|"
    r"schemes?|(?<=find )funds?|today|which)\b",
    re.IGNORECASE,
)


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    return bool(_NAV.search(text) or _FIND.search(text)) and not _OWN.search(text)


def _name(frame: Frame) -> str:
    """The words of the fund's name: what is left of the question."""
    left = " ".join(_AROUND.sub(" ", frame.cased).split()).strip(" ?.!,:;'\"")
    return "" if left.lower() in ("fund", "funds", "") else left


def _missing(frame: Frame) -> Missing | None:
    return None if _name(frame) else Missing("Which fund do you mean? Some words of its name will do.", "of {}")


def _call(frame: Frame) -> Call:
    return Call("find_funds", {"text": _name(frame), "limit": 5})


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    return () if _missing(frame) else (_call(frame),)


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    funds = results.of(_call(frame)).rows("funds")
    if not funds:
        return f"No fund in AMFI's list is called “{_name(frame)}”, or the list was not imported yet."
    return f"{_line(funds[0])}." if len(funds) == 1 else f"Funds of that name:\n\n{bullets(map(_line, funds))}"


def _line(fund: Payload) -> str:
    on = fund.day("nav_on")
    when = f" on {day_name(on)}" if on else ""
    return f"{fund.text('name')} (AMFI code {fund.text('amfi_code')}): NAV {money(fund.decimal('nav'))}{when}"


INTENT: Final = Intent(name="fund_search", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
