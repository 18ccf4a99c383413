"""How money hangs together: what closing an account breaks, how money flows, what a goal depends on, what is usual."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.which_goal import LIST_GOALS, one_goal
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets, money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import payee_name

_CLOSE: Final = re.compile(
    r"\b(?:close|closing|shut|stop|get rid of)\b|\bdepends? on (?:my |the )?[^?]*\b(?:account|card)\b|"
    r"\bimpact of\b"
)
_FLOW: Final = re.compile(
    r"\bmoney flows?\b|\bflow of (?:my )?money\b|\bhow does (?:my )?money (?:move|flow)\b|"
    r"\bwhere does my (?:salary|income) go\b|\b(?:salary|income) where (?:goes|go|went)\b"
)
_DEPENDS: Final = re.compile(r"\bgoal\b[^?]*\bdepend|\bdepend\w*\b[^?]*\bgoal\b|\bwhat feeds\b")
_USUAL: Final = re.compile(
    r"\bpeople like me\b|\bothers like me\b|\bcompared? (?:to|with) (?:others|"
    r"other people|people)\b|\b(?:others|other people) compare\b|\bpeers?\b|\btypical for my\b"
)
_MOST: Final = 6


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    closing = bool(_CLOSE.search(text)) and mentions.account is not None
    return closing or any(one.search(text) for one in (_FLOW, _DEPENDS, _USUAL))


def _call(frame: Frame, results: Results) -> Call | str:
    """The one call that answers, or what to say instead of it."""
    if _USUAL.search(frame.text):
        return Call("get_typical_allocation", {})
    if _DEPENDS.search(frame.text):
        goal = one_goal(frame, results)
        return goal if isinstance(goal, str) else Call("get_goal_dependencies", {"goal_id": goal.text("goal_id")})
    if _FLOW.search(frame.text):
        return Call("get_money_flow", {})
    return Call("get_account_impact", {"account_id": frame.account_id or ""})


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _DEPENDS.search(frame.text) and results.get(LIST_GOALS) is None:
        return (LIST_GOALS,)
    call = _call(frame, results)
    return () if isinstance(call, str) else (call,)


def _answer(frame: Frame, results: Results) -> str:
    call = _call(frame, results)
    if isinstance(call, str):
        return call
    found = results.of(call)
    if call.tool == "get_typical_allocation":
        return found.text("explanation") or "There is nothing to compare with yet."
    if call.tool == "get_goal_dependencies":
        return _dependencies(found.part("dependencies"))
    return _flow(found.part("flow")) if call.tool == "get_money_flow" else _impact(found.part("impact"))


def _impact(impact: Payload) -> str:
    currency = impact.currency
    lines = [
        f"income from {payee_name(one.text('payee'))}, {money(one.decimal('monthly'), currency)} a month"
        for one in impact.rows("income")[:_MOST]
    ]
    lines += [
        f"the regular payment to {payee_name(one.text('payee'))}, {money(one.decimal('monthly'), currency)} a month"
        for one in impact.rows("regular_payments")[:_MOST]
    ]
    lines += [f"the goal “{one.text('goal')}”" for one in impact.rows("goals")]
    shares = (
        f"{impact.text('account')} takes in {percent(impact.decimal('income_percent'))} of your income and pays "
        f"{percent(impact.decimal('spending_percent'))} of your spending."
    )
    if not lines:
        return f"{shares} Nothing else was found that hangs on it."
    return f"{shares} Without it these would need another account:\n\n{bullets(lines)}"


def _flow(flow: Payload) -> str:
    lines = [
        f"{_end(one.text('source'))} to {_end(one.text('target'))}: "
        f"{money(one.decimal('monthly'), flow.currency)} a month"
        for one in flow.rows("flows")[:_MOST]
    ]
    return (
        f"Income of {money(flow.decimal('income'), flow.currency)} and spending of "
        f"{money(flow.decimal('spending'), flow.currency)}; the largest flows:\n\n{bullets(lines)}"
    )


def _end(name: str) -> str:
    return payee_name(name) if name.isupper() else name.replace("_", " ")


def _dependencies(found: Payload) -> str:
    lines = [
        f"{one.text('name')}: {money(one.decimal('monthly'), found.currency)} a month" for one in found.rows("accounts")
    ]
    lines += [
        f"{payee_name(one.text('payee'))}: {money(one.decimal('monthly'), found.currency)} a month"
        for one in found.rows("payees")[:_MOST]
    ]
    if not lines:
        return f"Nothing on record feeds “{found.text('goal')}” yet."
    return f"“{found.text('goal')}” depends on:\n\n{bullets(lines)}"


INTENT: Final = Intent(name="connections", recognises=_recognises, calls=_calls, answer=_answer, by_account=True)
