"""Changes to a goal that there is: money put towards it, its price, day or monthly amount, or giving it up."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.about_one import AboutOne
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.by_name import TO, contributes
from agents.models.offline.intents.plans.slots import amounts_of, deadline_of, plain
from agents.models.offline.intents.plans.which_goal import LIST_GOALS, one_goal
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import money, percent
from agents.models.offline.results import Call, Payload, Results

_GOAL: Final = re.compile(
    r"\bgoal\b|\bfund\b|^(?!.*\b(?:equity|debt|gold|allocation|split|mix)\b).*\btarget (?:to|date|amount|of \d)"
)
_QUESTION: Final = re.compile(
    r"^(?:and |so |but )?(?:how|what|when|why|which|will|am|is|are|do|does|did|show|"
    r"list)\b"
)
_DELETE: Final = re.compile(r"\b(?:delete|remove|drop|cancel|give up|abandon|erase)\b")
_UPDATE: Final = re.compile(
    r"\b(?:change|update|increase|raise|reduce|lower|decrease|move|push|extend|postpone|shift|rename|edit|set|"
    r"make|delay)\b"
)
_CONTRIBUTE: Final = re.compile(
    r"\b(?:add|put|contribute|deposit|(?:transfer|move)(?= (?:₹|rs\.? ?)?\d)|allocate|give|i saved|i've saved|"
    r"saved|set aside|record)\b"
    r"[^?]*\b(?:to|towards|into|in|for)\b|\bgoal\b[^?]*\d[^?]*\b(?:put|add|deposit|contribute)$|"
    r"^(?:in|to) (?:my |the )?[\w ]*(?:fund|goal)\b[^?]*\d[^?]*\b(?:put|add|deposit)$"
)
_NEW: Final = re.compile(r"\bnew goal\b|\b(?:a|an) (?:\w+ )?goal\b|\bgoal (?:of|for)\b")


def _kind(text: str) -> str | None:
    if not _GOAL.search(text):
        return "contribute" if TO.search(text) else None
    if _QUESTION.search(text) or _NEW.search(text):
        return None
    for kind, pattern in (("delete", _DELETE), ("contribute", _CONTRIBUTE), ("update", _UPDATE)):
        if pattern.search(text):
            return kind
    return None


def _recognises(mentions: Mentions) -> bool:
    if not _GOAL.search(mentions.text):
        return contributes(mentions)
    kind = _kind(mentions.text)
    return kind is not None and not (kind == "contribute" and mentions.quantities.amount is None)


def _missing(frame: Frame) -> Missing | None:
    if _kind(frame.text) == "update" and not _changes(frame):
        return Missing("What shall be different: its price, its day, or the amount each month?", "to {}")
    return None


def _changes(frame: Frame) -> dict[str, object]:
    given, on = amounts_of(frame), deadline_of(frame)
    changes: dict[str, object] = {}
    monthly = given.monthly
    if monthly is None and re.search(r"\bmonthly\b|\bcontribution\b|\bsip\b", frame.text):
        monthly = given.target
    if monthly is not None:
        changes["monthly_contribution"] = plain(monthly)
    elif given.target is not None:
        changes["target_amount"] = plain(given.target)
    if on is not None:
        changes["target_date"] = on.isoformat()
    return changes


def _call(frame: Frame, goal: Payload) -> Call:
    about: dict[str, object] = {"goal": goal.text("goal_id")}
    kind = _kind(frame.text)
    if kind == "delete":
        return Call("delete_goal", about)
    if kind == "contribute":
        amount = frame.quantities.amount
        return Call("contribute_to_goal", about | {"amount": plain(amount) if amount is not None else ""})
    return Call("update_goal", about | _changes(frame))


_ONE: Final = AboutOne(listed=LIST_GOALS, missing=_missing, choose=one_goal, call=_call)


def _answer(frame: Frame, results: Results) -> str:
    goal = _ONE.meant(frame, results)
    if isinstance(goal, str):
        return goal
    result = results.of(_call(frame, goal))
    if _kind(frame.text) == "delete":
        return f"The goal “{goal.text('name')}” is given up. Your money and accounts are as they were."
    return _stands(goal.text("name"), result)


def _stands(name: str, result: Payload) -> str:
    """How the goal stands now, as far as the tool told."""
    target, saved = result.optional_decimal("target_amount"), result.optional_decimal("saved_amount")
    on, done = result.day("target_date"), result.optional_decimal("progress_percent")
    if target is None or saved is None:
        return f"Done: the goal “{name}” is up to date."
    part = f" ({percent(done)})" if done is not None else ""
    when = f" by {day_name(on)}" if on else ""
    return (
        f"Done. “{result.text('name') or name}” now stands at {money(saved, result.currency)} of "
        f"{money(target, result.currency)}{part}{when}."
    )


INTENT: Final = Intent(name="change_goal", recognises=_recognises, calls=_ONE.calls, answer=_answer, missing=_missing)
