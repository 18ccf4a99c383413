"""Whether the person can stop working at an age, from their own spending, savings and net worth."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from agents.models.offline import periods
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import amounts_of, plain
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import in_words, money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import ESTIMATE

_CUES: Final = re.compile(
    r"\bretire(?:d|ment)?\b|\b(?:stop|quit) working\b|\bfinancially (?:free|independent)\b|"
    r"\bfinancial (?:freedom|independence)\b"
)
_RECORDS: Final = re.compile(r"\bgoal\b|\bspen[dt]\b|\btransactions?\b")
_EARLIEST: Final = re.compile(r"^(?:and |so )?when\b|\bearliest\b|\bhow (?:soon|early)\b|\bwhat age\b")
_USUAL_AGE: Final = 60
_MONTHS: Final = 6
_NET_WORTH: Final = Call("get_net_worth", {})


def _recognises(mentions: Mentions) -> bool:
    return bool(_CUES.search(mentions.text)) and not _RECORDS.search(mentions.text)


def _ages(frame: Frame) -> tuple[int | None, int]:
    """The age now, if it was said, and the age to retire at; of two ages the higher is the one aimed at."""
    given = frame.quantities
    now, aim = given.age_now, given.age
    years = (given.months or 0) // 12
    if now and aim and aim < now:
        now, aim = aim, now
    if now and not aim and years:
        aim = now + years
    return now, aim or _USUAL_AGE


def _missing(frame: Frame) -> Missing | None:
    now, _ = _ages(frame)
    return Missing("How old are you now? I need it to count the years.", "i am {}") if now is None else None


def _spent(frame: Frame, **more: object) -> Call:
    period = periods.last_months(frame.today, _MONTHS)
    return Call("get_spending", {"from": period.start.isoformat(), "to": period.end.isoformat(), **more})


def _saved(frame: Frame) -> Call:
    period = periods.last_months(frame.today, _MONTHS)
    return Call("get_cash_flow", {"from": period.start.isoformat(), "to": period.end.isoformat()})


def _inputs(frame: Frame) -> tuple[Call, ...]:
    return _spent(frame), _spent(frame, category="investments"), _saved(frame), _NET_WORTH


def _plan(frame: Frame, results: Results) -> Call:
    """Living costs are spending without investments; what is kept and invested each month goes on until then."""
    now, aim = _ages(frame)
    given = amounts_of(frame)
    spent, invested, flow, worth = (results.of(call) for call in _inputs(frame))
    living = spent.decimal("average_per_month") - invested.decimal("average_per_month")
    kept = flow.decimal("net") / _MONTHS + invested.decimal("average_per_month")
    says_costs = bool(re.search(r"\bexpen|\bspend|\bcosts?\b|\bneed\b|\blive\b", frame.text)) and given.monthly
    return Call(
        "plan_retirement",
        {
            "age": now,
            "retire_at": aim,
            "monthly_expenses": _rounded(given.monthly if says_costs and given.monthly else living),
            "saved": _rounded(given.saved if given.saved is not None else worth.decimal("net_worth")),
            "monthly_contribution": _rounded(given.monthly if given.monthly and not says_costs else kept),
        },
    )


def _rounded(amount: Decimal) -> str:
    return plain(max(amount, Decimal(0)).quantize(Decimal(1)))


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame):
        return ()
    if any(results.get(call) is None for call in _inputs(frame)):
        return _inputs(frame)
    return (*_inputs(frame), _plan(frame, results))


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    plan = results.of(_plan(frame, results))
    return f"{_verdict(frame.text, plan)} {_corpus(plan)} {_inputs_told(plan)} {ESTIMATE}"


def _verdict(text: str, plan: Payload) -> str:
    age, earliest = plan.integer("retire_at"), plan.optional_decimal("earliest_age")
    chance = percent(plan.decimal("probability_percent"))
    until = f"the money lasts to age {plan.integer('until_age')} in {chance} of simulated futures"
    if earliest is not None and _EARLIEST.search(text):
        return f"By this estimate the earliest age that works is {earliest:f}. Retiring at {age}, {until}."
    if plan.data.get("can_retire"):
        sooner = f" The earliest age that works is {earliest:f}." if earliest is not None and earliest < age else ""
        return f"Yes, by this estimate you can retire at {age}: {until}.{sooner}"
    sooner = f" The earliest age that works is {earliest:f}." if earliest is not None else " No later age works either."
    return f"Not at {age} as things stand: {until}.{sooner}"


def _corpus(plan: Payload) -> str:
    needed, projected, gap = (plan.decimal(key) for key in ("corpus_required", "projected_corpus", "gap"))
    currency = plan.currency
    sentence = (
        f"You would need {money(needed, currency)}{in_words(needed)} by then, and {money(projected, currency)}"
        f"{in_words(projected)} is projected."
    )
    if gap > 0 and not plan.data.get("can_retire"):
        sentence += f" To close the gap it takes {money(plan.decimal('required_monthly'), currency)} a month in all."
    return sentence


def _inputs_told(plan: Payload) -> str:
    currency = plan.currency
    return (
        f"I took living costs of {money(plan.decimal('monthly_expenses'), currency)} a month, savings of "
        f"{money(plan.decimal('saved'), currency)} and {money(plan.decimal('monthly_contribution'), currency)} a month "
        "added until then, from your own records unless you said otherwise; tell me if they should be different."
    )


INTENT: Final = Intent(name="retirement", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
