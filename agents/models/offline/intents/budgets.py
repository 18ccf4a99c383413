"""Budgets: how they stand, setting one, and giving one up."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from agents.models.offline.amounts import AMOUNT
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets, money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import capital, category_name

_BUDGET: Final = re.compile(r"\bbudgets?\b|\bhow much (?:\w+ ){0,3}can i (?:\w+ )?spend\b")
_UNTIL_PAYDAY: Final = re.compile(r"\b(?:till|until|before) (?:my |the |next )*(?:salary|pay ?day)\b")
_LIMIT: Final = re.compile(r"\b(?:set|put|keep|make)\b[^?]*\b(?:limit|cap)\b[^?]*\b(?:of|to|at|on|for)\b")
_SET: Final = re.compile(
    r"\b(?:set|create|make|add|start|put|change|update|increase|raise|reduce|lower|keep|cut|"
    r"new)\b[^?]*\b(?:budget|limit|cap)\b|"
    r"\b(?:budget|limit)\b[^?]*\b(?:create|set|make|add|keep|increase|raise|reduce|lower)\b|"
    r"^budget (?:of )?(?:₹|rs|\d)|\bbudget for \w+ (?:is|"
    r"to be|should be|at|of) "
)
_STATED: Final = re.compile(rf"^[\w ]+ budget (?:to |of |is )?{AMOUNT}(?: put| set| fix)?\W*$")
_DELETE: Final = re.compile(
    r"\b(?:delete|remove|drop|cancel|stop)\b[^?]*\bbudget\b|\bbudget\b[^?]*\b(?:delete|remove)\b"
)
_QUESTION: Final = re.compile(r"^(?:and |so )?(?:how|what|which|am|is|are|did|do|have|when|why|show|list)\b")
_BY: Final = re.compile(
    rf"\b(?P<up>increase|raise)\b[^?]*\bby {AMOUNT}|\b(?:reduce|lower|decrease|cut)\b[^?]*\bby {AMOUNT}|"
    rf"\b(?P<add>add) {AMOUNT}(?: more| extra)? to\b|\bbudget\b[^?]*\b{AMOUNT} (?:(?P<more>increase)|reduce)"
)
_IT: Final = re.compile(
    r"^(?:ok |please |and |now )*(?P<verb>make|set|change|increase|raise|reduce|lower|cut|keep|delete|remove)"
    rf"(?: (?:it|this|that))(?: to)?(?: (?P<rest>(?:by )?{AMOUNT}.*)|\W*$)"
)
_LONGEST_MONTH: Final = 31
_GET: Final = Call("get_budgets", {})


def _changing(text: str) -> bool:
    return not _QUESTION.search(text) and bool(
        _SET.search(text) or _LIMIT.search(text) or _STATED.search(text) or _DELETE.search(text)
    )


def with_category(text: str, context: Frame | None) -> str:
    """ "Make it 7000" with the budget that was just spoken of in place of "it"."""
    if context is None or context.intent != INTENT.name or len(context.categories) != 1:
        return text
    match = _IT.match(text.lower())
    about = f"the {category_name(context.categories[0])} budget"
    return f"{match['verb']} {about} {match['rest'] or ''}".strip() if match else text


def _recognises(mentions: Mentions) -> bool:
    if _UNTIL_PAYDAY.search(mentions.text):
        return False
    return bool(_BUDGET.search(mentions.text)) or bool(_LIMIT.search(mentions.text))


def _missing(frame: Frame) -> Missing | None:
    if not _changing(frame.text):
        return None
    if len(frame.categories) > 1 and len(frame.quantities.amounts) > 1:
        return Missing("I set budgets singly. Which category first, and how much?", "{}")
    if not frame.categories:
        return Missing("Which category is the budget for? For example groceries or dining.", "for {}")
    if frame.quantities.amount is None and not _DELETE.search(frame.text):
        return Missing("How much a month shall the budget be?", "of {}")
    return None


def _call(frame: Frame) -> Call:
    if not _changing(frame.text):
        month = frame.periods[0].start if frame.periods and frame.periods[0].days <= _LONGEST_MONTH else None
        return Call("get_budgets", {"month": f"{month:%Y-%m}"}) if month else _GET
    if _DELETE.search(frame.text):
        return Call("delete_budget", {"category": frame.categories[0]})
    return _set(frame, frame.quantities.amount)


def _set(frame: Frame, amount: Decimal | None) -> Call:
    return Call("set_budget", {"category": frame.categories[0], "amount": f"{amount:f}" if amount else ""})


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    if not _stepping(frame):
        return (_call(frame),)
    amount = _stepped(frame, results)
    return (_GET, _set(frame, amount)) if isinstance(amount, Decimal) else (_GET,)


def _stepping(frame: Frame) -> bool:
    """Whether the budget is to become so much more or less than it is."""
    return _changing(frame.text) and _BY.search(frame.text) is not None


def _stepped(frame: Frame, results: Results) -> Decimal | str:
    """What the budget comes to, or what to say instead."""
    listed, step, match = results.get(_GET), frame.quantities.amount, _BY.search(frame.text)
    rows = listed.rows("budgets") if listed else []
    now = next((one.decimal("limit") for one in rows if one.text("category") == frame.categories[0]), None)
    name = category_name(frame.categories[0])
    if now is None:
        return f"There is no budget for {name} yet. Tell me how much a month it shall be."
    change = (step or Decimal(0)) if match and any(match.groups()) else -(step or Decimal(0))
    return now + change if now + change > 0 else f"That would leave nothing of the budget for {name}."


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    amount = _stepped(frame, results) if _stepping(frame) else frame.quantities.amount
    if isinstance(amount, str):
        return amount
    payload = results.of(_set(frame, amount) if _stepping(frame) else _call(frame))
    if not _changing(frame.text):
        return _standing(frame, payload)
    name = category_name(frame.categories[0])
    if _DELETE.search(frame.text):
        return f"The budget for {name} is gone."
    return (
        f"The budget for {name} is {money(payload.decimal('limit'), payload.currency)} a month. So far "
        f"{money(payload.decimal('spent'), payload.currency)} is spent and "
        f"{money(payload.decimal('remaining'), payload.currency)} is left."
    )


def _standing(frame: Frame, payload: Payload) -> str:
    rows = payload.rows("budgets")
    chosen = [one for one in rows if one.text("category") in frame.categories] if frame.categories else rows
    if not rows:
        return "You have no budgets yet. Tell me one to set, for example a monthly budget for groceries and its amount."
    if not chosen:
        names = ", ".join(category_name(one.text("category")) for one in rows)
        return f"There is no budget for {category_name(frame.categories[0])}. You have budgets for {names}."
    if len(chosen) == 1:
        return f"{_line(chosen[0])}."
    left = money(payload.decimal("total_remaining"), payload.currency)
    return f"Your budgets:\n\n{bullets(_line(one) for one in chosen)}\n\nIn all {left} is left."


def _line(one: Payload) -> str:
    used = one.optional_decimal("used_percent")
    state = {"near": ", close to its limit", "exceeded": ", over its limit"}.get(one.text("level"), "")
    return (
        f"{capital(category_name(one.text('category')))}: {money(one.decimal('spent'), one.currency)} of "
        f"{money(one.decimal('available'), one.currency)} spent{f' ({percent(used)})' if used is not None else ''}, "
        f"{money(one.decimal('remaining'), one.currency)} left{state}"
    )


INTENT: Final = Intent(name="budgets", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
