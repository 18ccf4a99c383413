"""Requests to change what no tool changes: the answer says where the change can be made."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Results

_POLITE: Final = (
    r"^(?:please |kindly |hey |hi |ok |and |can you |could you |would you |i want to |i'd like to |i would like to |"
    r"let's |help me (?:to )?)*"
)
_GOAL: Final = re.compile(
    _POLITE
    + r"(?:start|create|add|set(?: up)?|make|open|new)\b.*\bgoal\b|^(?:i want|i need) (?:a|to have) (?:new )?goal\b"
)
_MONEY: Final = re.compile(
    _POLITE + r"(?:transfer|send|pay|wire|move|invest|withdraw|deposit|buy|sell|redeem|book|"
    r"recharge)\b(?! (?:history|pattern)).*"
    r"(?:₹|\brs\b|\d|\blakh|\bto \w+|\bbill\b|\bstocks?\b|\bshares?\b|\bfunds?\b|\bunits\b|\bgold\b|\brent\b|\bmoney\b)"
)
_RECORDS: Final = re.compile(
    _POLITE + r"(?:start|create|add|set(?: up)?|make|open|delete|remove|erase|update|change|rename|edit|"
    r"recategori[sz]e|categori[sz]e|mark|tag|"
    r"cancel|stop|link|connect|import|upload|remind|alert|notify)\b"
)
_QUESTION: Final = re.compile(
    r"\b(?:how much|how many|what|which|when|why|did i|do i|have i)\b|^(?:add up|change in|changes? (?:of|"
    r"in)|start with)\b"
)


def _recognises(mentions: Mentions) -> bool:
    if _QUESTION.search(mentions.text):
        return False
    return any(one.search(mentions.text) for one in (_GOAL, _MONEY, _RECORDS))


def _answer(frame: Frame, _: Results) -> str:
    if _MONEY.search(frame.text) and not _GOAL.search(frame.text):
        return "I cannot move money or place orders. Please use your bank's own app for that."
    return (
        "I cannot do that from here. On your word I can set and change goals, budgets, categories, plans and what I "
        "remember of you, and enter, split, tag and undo payments; accounts and "
        "imports are for the command line or the REST API."
    )


INTENT: Final = Intent(name="request_to_change", recognises=_recognises, answer=_answer, carries=False)
