"""A new goal: what is missing is asked for, then the tool that sets it is called, which the person has to approve."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.amounts import AMOUNT
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import amounts_of, deadline_of, kind_of, name_of, plain
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import in_words, money
from agents.models.offline.results import Call, Results
from agents.models.offline.wording import ESTIMATE

_SET: Final = re.compile(
    r"\b(?:start|create|add|set(?: up)?|make|open|begin|plan)\b(?! (?:more|extra|money|₹|rs))[^?]*\bgoal\b|"
    r"\bgoal\b[^?]*\b(?:create|start|set|make|add)\b|\b(?:new|another) goal\b|^(?:i want|i need) (?:a|"
    r"to have) (?:new )?goal\b"
)
_SAVE_FOR: Final = re.compile(
    r"\b(?:i want to|i'd like to|i would like to|help me|let me|i need to|i have to|i plan to|i'm planning to|"
    r"want to) "
    r"(?:save|collect|accumulate|put together|build|create|start)\b[^?]*\b(?:for|fund|by|in|towards|corpus)\b"
)
_SAVE_AMOUNT: Final = re.compile(
    rf"^(?:please )?(?:save|collect) {AMOUNT} (?:for|to buy|towards)\b[^?]*\b(?:by|in|within|before|till)\b"
)
_BUY: Final = re.compile(
    r"^(?:so |and )?(?:i|we)(?:'d| would)? (?:want|like|plan|wish|need) to (?:buy|own|get) (?:a|an|my own)\b"
)
_QUESTION: Final = re.compile(
    r"^(?:and |so |but )?(?:how|what|when|why|which|can|could|will|am|is|are|do|does|"
    r"did)\b"
)
_POLITE: Final = re.compile(r"^(?:can|could|would|will) (?:you|we)\b|^can i (?:start|create|set|add|make)\b")
_CHANGE: Final = re.compile(r"\b(?:change|update|delete|remove|increase|reduce|money to|to (?:my|the) \w+ goal)\b")


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if (_QUESTION.search(text) and not _POLITE.search(text)) or _CHANGE.search(text):
        return False
    if _SAVE_AMOUNT.search(text) and mentions.quantities.amount is not None:
        return True
    return bool(_SET.search(text) or _SAVE_FOR.search(text) or _BUY.search(text))


def _missing(frame: Frame) -> Missing | None:
    if name_of(frame) is None:
        return Missing("What is the goal for? For example a car, a house, a wedding or a trip.", "for {}")
    if amounts_of(frame).target is None:
        return Missing("How much money does it take, at today's prices?", "of {}")
    if deadline_of(frame) is None:
        return Missing("By when do you want to have it? A month and a year will do.", "by {}")
    return None


def _call(frame: Frame) -> Call:
    given, on = amounts_of(frame), deadline_of(frame)
    arguments: dict[str, object] = {
        "name": name_of(frame) or "",
        "goal_type": kind_of(frame),
        "target_amount": plain(given.target) if given.target is not None else "",
        "target_date": on.isoformat() if on else "",
    }
    if given.saved is not None:
        arguments["saved_amount"] = plain(given.saved)
    if given.monthly is not None:
        arguments["monthly_contribution"] = plain(given.monthly)
    return Call("create_goal", arguments)


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    made = results.get(_call(frame))
    if made is None or "plan_goal" not in frame.tools:
        return (_call(frame),)
    return _call(frame), Call("plan_goal", {"goal": made.text("goal_id")})


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    made = results.of(_call(frame))
    on, currency, target = made.day("target_date"), made.currency, made.decimal("target_amount")
    done = f"Your goal “{made.text('name')}” is set: {money(target, currency)}{in_words(target)}"
    done += f" by {day_name(on)}." if on else "."
    plan = results.get(Call("plan_goal", {"goal": made.text("goal_id")}))
    if plan is None:
        return f"{done} It takes {money(made.decimal('required_monthly'), currency)} a month."
    then = plan.decimal("target_on_date")
    return (
        f"{done} At assumed price rises it will cost {money(then, currency)}{in_words(then)} by then, which takes "
        f"{money(plan.decimal('required_monthly'), currency)} a month from now on. {ESTIMATE}"
    )


INTENT: Final = Intent(name="create_goal", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
