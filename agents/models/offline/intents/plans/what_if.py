"""What would become of a goal if something about it changed. Nothing is changed."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from agents.models.offline import periods
from agents.models.offline.about_one import AboutOne
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import amounts_of, plain
from agents.models.offline.intents.plans.which_goal import LIST_GOALS, one_goal
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import ESTIMATE

_CUES: Final = re.compile(
    r"\bwhat if\b|\bwhat (?:happens|would happen|will happen) if\b|\bif i (?:save|invest|add|put|increase|raise|"
    r"delay|postpone|extend|reduce|cut|stop)\b|\bsuppose i\b|\bhow (?:does|would|will) it change\b|"
    r"\bif\b[^?]*\b(?:add|save|invest|put)\b[^?]*\bgoal\b[^?]*\b(?:reached|enough|complete\w*)\b"
)
_GOAL: Final = re.compile(
    r"\bgoal\b|\bsav|\binvest|\bdelay|\bpostpone|\bextend|\bstep.?up|\breturns?\b|\blump ?sum\b|\btarget\b|"
    r"\badd\b|\bput\b|"
    r"\bcontribut|\bcosts?\b|\bby (?:a|one|two|three|\d+) (?:years?|months?)\b"
)
_ELSEWHERE: Final = re.compile(
    r"\bretire|\bprepay|\bloan\b|\bemi\b|\btax|\bregime\b|\b80c\b|\bsell\b|\bcancel\b|"
    r"\bsubscription"
)
_REACHED: Final = re.compile(
    r"\b(?:when|how (?:long|soon|many (?:months|years)))\b[^?]*\b(?:reach|have|get|be|become|save)\b"
)
_MORE: Final = re.compile(r"\bmore\b|\bextra\b|\badditional|\bincrease\b[^?]*\bby\b")
_ONCE: Final = re.compile(r"\blump ?sum\b|\bone[- ]time\b|\bonce\b|\bnow\b|\btoday\b|\bbonus\b|\bright away\b")
_PRICE: Final = re.compile(r"\bcosts?\b|\btarget\b|\bprice\b|\bneed(?:s|ed)?\b|\bgoal (?:is|was|of)\b")
_DELAY: Final = re.compile(r"\bdelay|\bpostpone|\bextend|\blater\b|\bpush")
_STEP_UP: Final = re.compile(r"\bstep.?up|\b(?:every|each|per) year\b|\byearly\b|\bannually\b")


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    given = mentions.quantities
    by_itself = (
        given.amount is not None and given.months and given.rate is not None and not re.search(r"\bgoal\b", text)
    )
    by_itself = by_itself or (len(given.amounts) > 1 and bool(_REACHED.search(text)))
    return bool(_CUES.search(text)) and bool(_GOAL.search(text)) and not _ELSEWHERE.search(text) and not by_itself


def of_each_month(frame: Frame) -> Frame:
    """The frame with its amount meant as so much more every month, as that of a SIP is."""
    return replace(frame, text=f"{frame.text} by that much more every month")


def _missing(frame: Frame) -> Missing | None:
    if _changes(frame, Payload({"monthly_contribution": "0", "target_date": ""})):
        return None
    if amounts_of(frame).target is not None:
        return Missing("Do you mean that amount every month, or once?", "{}")
    return Missing("What would change: the monthly amount, the day, the price, or the return?", "{}")


def _changes(frame: Frame, goal: Payload) -> dict[str, object]:
    """The changes as arguments."""
    given, text = amounts_of(frame), frame.text
    changes: dict[str, object] = {}
    monthly = given.monthly or (
        given.target
        if re.search(
            r"\b(?:every|per|a|each) month\b|"
            r"\bmonthly\b",
            text,
        )
        else None
    )
    if monthly is not None:
        now = goal.optional_decimal("monthly_contribution") or Decimal(0)
        changes["monthly_contribution"] = plain(now + monthly if _MORE.search(text) else monthly)
    elif given.target is not None and _PRICE.search(text):
        changes["target_amount"] = plain(given.target)
    elif given.target is not None and _ONCE.search(text):
        changes["lump_sum"] = plain(given.target)
    rate = frame.quantities.rate
    if rate is not None:
        changes["step_up_percent" if _STEP_UP.search(text) else "expected_return_percent"] = plain(rate)
    changes |= _new_day(frame, goal)
    return changes


def _new_day(frame: Frame, goal: Payload) -> dict[str, object]:
    on, given = goal.day("target_date"), frame.quantities
    if given.deadline is not None:
        return {"target_date": given.deadline.isoformat()}
    if given.months and _DELAY.search(frame.text):
        return {"target_date": periods.shift_months(on or frame.today, given.months).isoformat()}
    return {}


def _call(frame: Frame, goal: Payload) -> Call:
    return Call("what_if_goal", {"goal": goal.text("goal_id"), **_changes(frame, goal)})


_ONE: Final = AboutOne(listed=LIST_GOALS, missing=_missing, choose=one_goal, call=_call)


def _answer(frame: Frame, results: Results) -> str:
    goal = _ONE.meant(frame, results)
    if isinstance(goal, str):
        return goal
    outcome = results.of(_call(frame, goal))
    before, after = outcome.part("before"), outcome.part("after")
    means = _change(before, after, outcome.currency)
    return f"For “{goal.text('name')}”: {means} Nothing was changed. {ESTIMATE}"


_TOLD: Final = (
    ("required_monthly", "it takes {} a month"),
    ("projected_on_date", "{} is projected"),
    ("shortfall_on_date", "{} is missing"),
)


def _change(before: Payload, after: Payload, currency: str) -> str:
    """What becomes different, and the chance."""
    on = after.day("target_date")
    parts = [
        words.format(f"{money(after.decimal(key), currency)} instead of {money(before.decimal(key), currency)}")
        for key, words in _TOLD
        if after.decimal(key) != before.decimal(key)
    ]
    chances = [percent(one.decimal("probability_percent")) for one in (after, before)]
    chance = f"the probability of reaching it{f' by {day_name(on)}' if on else ''} is {chances[0]}"
    parts.append(chance + (f" instead of {chances[1]}" if chances[0] != chances[1] else " either way"))
    return f"{', '.join(parts[:-1])}, and {parts[-1]}." if len(parts) > 1 else f"{parts[0]}."


INTENT: Final = Intent(name="what_if", recognises=_recognises, calls=_ONE.calls, answer=_answer, missing=_missing)
