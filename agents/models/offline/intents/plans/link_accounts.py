"""Accounts whose balances count towards a goal."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.about_one import AboutOne
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.intents.plans.which_goal import LIST_GOALS, one_goal
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import money
from agents.models.offline.results import Call, Payload, Results

_LINK: Final = re.compile(
    r"\b(?:link|connect|attach|tie|count|use|assign|map|unlink|jod\w*)\b[^?]*\b(?:goal|fund|trip)\b|"
    r"\b(?:goal|fund|trip)\b[^?]*\b(?:link|connect|attach|unlink|counts? towards)\b"
)
_UNLINK: Final = re.compile(r"\bunlink\b|\b(?:remove|delete)\b[^?]*\blink\b|\bno account\b")
_QUESTION: Final = re.compile(r"^(?:how|what|which|is|are|does|do|show|list|when|why)\b")


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    named = mentions.account is not None or re.search(r"\baccounts?\b|\bgoal\b", text) is not None
    return bool(_LINK.search(text)) and named and not _QUESTION.search(text)


def _missing(frame: Frame) -> Missing | None:
    if frame.account is None and frame.choice is None and not _UNLINK.search(frame.text):
        return Missing("Which account's balance shall count towards it?", "with my {} account")
    return None


def _call(frame: Frame, goal: Payload) -> Call:
    rate = frame.quantities.rate
    share = {"share_percent": plain(rate)} if rate is not None else {}
    linked = [] if _UNLINK.search(frame.text) else [{"account_id": frame.account_id, **share}]
    return Call("link_goal_accounts", {"goal": goal.text("goal_id"), "accounts": linked})


_ONE: Final = AboutOne(listed=LIST_GOALS, missing=_missing, choose=one_goal, call=_call)


def _answer(frame: Frame, results: Results) -> str:
    goal = _ONE.meant(frame, results)
    if isinstance(goal, str):
        return goal
    linked = results.of(_call(frame, goal))
    counted = f"{frame.account_name} counts" if frame.account_name else "No account counts"
    saved = linked.optional_decimal("saved_amount")
    stands = f" {money(saved, linked.currency)} is saved for it." if saved is not None else ""
    return f"{counted} towards “{goal.text('name')}” now.{stands}"


INTENT: Final = Intent(
    name="link_accounts", recognises=_recognises, calls=_ONE.calls, answer=_answer, missing=_missing, by_account=True
)
