"""Whether a goal will be reached, how likely that is, and what it takes."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import KIND, kind_of
from agents.models.offline.intents.plans.which_goal import LIST_GOALS, goals_of, mentioned_goals, one_goal
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import in_words, money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import ESTIMATE

_GOAL: Final = re.compile(r"\bgoals?\b|\btarget\b")
_CUES: Final = re.compile(
    r"\bon track\b|\bwill i (?:reach|make|meet|achieve|hit|be able|get)\b|\bhow likely\b|\bchances?\b|\bprobab|"
    r"\bodds\b|"
    r"\bhow much (?:should|must|do|will|would) i (?:need to |have to )?(?:save|invest|put|set)\b|\bsimulat|"
    r"\bmonte carlo\b|"
    r"\bshortfall\b|\bcan i (?:reach|meet|achieve|hit)\b|\bhow (?:soon|long)\b|\bwhen (?:will|can) i (?:reach|"
    r"have|meet)\b|"
    r"\bplan (?:for|of)\b|\bmonthly (?:investment|saving|sip)\b|\brequired\b|\breach\b|\benough for\b"
)
_MONTHLY: Final = re.compile(
    r"\b(?:how much|what)\b[^?]*\b(?:save|invest|put|set aside|needs?)\b[^?]*\bfor (?:my|the)\b|"
    r"^for (?:my |the )?\w+\b[^?]*\bhow much\b[^?]*\b(?:need to|should i) save$|"
    r"^for (?:[a-z]+ ){1,3}(?:a|every|each|per) month how much (?:will cost|needed|to save)\W*$|"
    r"\bsip (?:for|needed)\b|\bgoal\b[^?]*\b(?:take|need)s?\b[^?]*\bmonth|"
    r"\bgoal\b[^?]*\b(?:every month|a month|monthly)\b[^?]*\bhow much\b"
)
_LIKELY: Final = re.compile(r"\bhow likely\b|\bchances?\b|\bprobab|\bodds\b|\bsimulat|\bmonte carlo\b")


_EACH_MONTH: Final = re.compile(
    rf"\bhow much\b[^?]*\b(?:save|invest|put|set aside)\b[^?]*\bfor (?:my |the |a |our )*(?:\w+ )?{KIND}\W*$"
)
_WHEN: Final = re.compile(
    rf"\b(?:when|how (?:soon|long))\b[^?]*\b(?:buy|afford|get|have|reach)\b (?:the |my |our |a )*(?:\w+ )?{KIND}\W*$"
)


def _recognises(mentions: Mentions) -> bool:
    if _WHEN.search(mentions.text) or _EACH_MONTH.search(mentions.text):
        return True
    about_goal = bool(_GOAL.search(mentions.text))
    return (about_goal and bool(_CUES.search(mentions.text))) or bool(
        re.search(r"\bon track\b|\bwill i reach\b", mentions.text) or _MONTHLY.search(mentions.text)
    )


_MOST: Final = 6


def _about_all(frame: Frame, goals: list[Payload]) -> bool:
    return len(goals) > 1 and not mentioned_goals(frame, goals) and kind_of(frame) == "custom"


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if results.get(LIST_GOALS) is None:
        return (LIST_GOALS,)
    goals = goals_of(results)
    if _about_all(frame, goals):
        return (LIST_GOALS, *(_plan(one) for one in goals[:_MOST]))
    goal = one_goal(frame, results)
    return (LIST_GOALS,) if isinstance(goal, str) else (LIST_GOALS, *_about_one(frame, goal))


def _about_one(frame: Frame, goal: Payload) -> tuple[Call, ...]:
    """What it takes, how likely it is, or both, as was asked."""
    if _LIKELY.search(frame.text):
        return (_chance(goal),)
    return (_plan(goal),) if _MONTHLY.search(frame.text) else (_plan(goal), _chance(goal))


def _plan(goal: Payload) -> Call:
    return Call("plan_goal", {"goal": goal.text("goal_id")})


def _chance(goal: Payload) -> Call:
    return Call("simulate_goal", {"goal": goal.text("goal_id")})


def _answer(frame: Frame, results: Results) -> str:
    goals = goals_of(results)
    if _about_all(frame, goals):
        lines = "\n".join(f"- {_short(results.of(_plan(one)))}" for one in goals[:_MOST])
        return f"Your goals:\n\n{lines}\n\n{ESTIMATE}"
    goal = one_goal(frame, results)
    if isinstance(goal, str):
        return goal
    plan, chance = results.get(_plan(goal)), results.get(_chance(goal))
    told = [_verdict(plan), _takes(plan)] if plan else []
    return f"{' '.join([*told, *([_likely(goal, chance)] if chance else [])])} {ESTIMATE}"


def _short(plan: Payload) -> str:
    on = plan.day("target_date")
    state = "on track" if not plan.decimal("shortfall_on_date") else "short"
    return (
        f"{plan.text('name')}, {state}: {money(plan.decimal('saved_amount'), plan.currency)} saved; it takes "
        f"{money(plan.decimal('required_monthly'), plan.currency)} a month{f' until {day_name(on)}' if on else ''}, "
        f"and {money(plan.decimal('planned_monthly'), plan.currency)} is planned."
    )


def _verdict(plan: Payload) -> str:
    on, currency = plan.day("target_date"), plan.currency
    short, then = plan.decimal("shortfall_on_date"), plan.decimal("target_on_date")
    when = f" by {day_name(on)}" if on else ""
    projected = money(plan.decimal("projected_on_date"), currency)
    if short > 0:
        return (
            f"“{plan.text('name')}” is not on track: it will cost {money(then, currency)}{in_words(then)}{when} and "
            f"{projected} is projected, {money(short, currency)} too little."
        )
    return (
        f"“{plan.text('name')}” is on track: it will cost {money(then, currency)}{when} and {projected} is projected."
    )


def _takes(plan: Payload) -> str:
    currency = plan.currency
    return (
        f"{money(plan.decimal('saved_amount'), currency)} is saved; it takes "
        f"{money(plan.decimal('required_monthly'), currency)} a month, and "
        f"{money(plan.decimal('planned_monthly'), currency)} a month is planned."
    )


def _likely(goal: Payload, chance: Payload) -> str:
    likely = percent(chance.decimal("probability_percent"))
    return f"In a simulation “{goal.text('name')}” is reached with a probability of {likely}."


INTENT: Final = Intent(name="goal_outlook", recognises=_recognises, calls=_calls, answer=_answer)
