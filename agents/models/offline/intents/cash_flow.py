"""Savings, savings rate and cash flow: income against spending."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from agents.models.offline import periods
from agents.models.offline.calculations import gap
from agents.models.offline.flow_usual import beside_usual, told_period, usual_months
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.insights.changes import changes_answer, changes_call
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import month_name, period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import bullets, money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.shapes import Shape, flow_shape
from agents.models.offline.wording import assumed_note, records_note

_CUES: Final = re.compile(
    r"\bcash ?-?flows?\b|\bsav(?:e|ed|ing)\b|\bsavings?\b(?! (?:account|bank|a/c))|\bsurplus\b|\bdeficit\b|"
    r"\bleft ?over\b|\bleft after\b|\bremain\w* after\b|\bput aside\b|"
    r"\bin and out\b|\bliving within\b|\bincome (?:vs\.?|versus|and|against|minus|less|"
    r"to) (?:my )?(?:spend|expen|outgo)\w*|"
    r"\b(?:spend\w*|expenses?) (?:vs\.?|versus|and|against) (?:my )?(?:income|earn)\w*|"
    r"\bspend\w* more than i (?:earn|make)\b|\boverspen[dt]\w*|\bnet (?:income|flow)\b"
)
_BOTH: Final = (re.compile(r"\bspen[dt]\w*|\bexpens"), re.compile(r"\bearn|\bincome\b|\breceive"))
_OF_INCOME: Final = re.compile(r"\bpercent|%|\bshare\b|\bhow much of\b|\bportion\b|\bfraction\b|\bproportion\b")
_LEFT: Final = re.compile(r"\bhow much\b[^?]*\b(?:do i have|have i|is|i have) (?:got )?(?:left|remaining)\b")
_KEPT: Final = re.compile(r"^(?:my )?(?:total )?how much (?:money )?(?:left|saved)\b")
_SHOULD: Final = re.compile(r"\b(?:should|must|ought) (?:i|we)\b[^?]*\bsav")
_OVERSPENT: Final = re.compile(r"\bspend\w* more than i (?:earn|make)|\boverspend|\boverspent")
_SUMMARY: Final = re.compile(
    r"\bsummar|\boverview\b|\bhow (?:was|is|did|doing) my (?:month|year|week|money|finances|financ)|\breport\b|"
    r"\bfinances\b|\bhow (?:am|did|do|have) i (?:do|doing|done|been doing|fare)\b"
)


def _recognises(mentions: Mentions) -> bool:
    if re.search(
        r"\bfinancial health\b|\b(?:expenses|spending) (?:\w+ )?under control\b|"
        r"\b(?:salary|income|pay|earnings?)\b[^?]*\benough\b|"
        r"\b(?:salary|income|earnings?) (?:minus|less) (?:my |all |the )*(?:spend|expens)|"
        r"^(?:and )?(?:minus|less) (?:my |all |the )*(?:spend|expens)|"
        r"^(?:so |and |then |ok )*what(?:'s| is| was) left\W*$|"
        r"\bhow much of (?:my |the )?(?:\w+ )?(?:salary|income|pay)\b[^?]*\b(?:left|remain\w*|saved?|kept|keep)\b",
        mentions.text,
    ):
        return True
    if "interest" in mentions.categories or (mentions.subjects and not _CUES.search(mentions.rest)):
        return False
    if (_LEFT.search(mentions.text) or _KEPT.search(mentions.text)) and mentions.periods:
        return True
    both = all(one.search(mentions.rest) for one in _BOTH) and not _OF_INCOME.search(mentions.text)
    return mentions.says(_CUES) or both or mentions.says(_SUMMARY)


def _shape(mentions: Mentions) -> Shape:
    shape = flow_shape(mentions)
    if len(mentions.periods) < 2 and shape is Shape.COMPARE:
        return Shape.TOTAL if not mentions.periods else shape
    return shape


def _periods(frame: Frame) -> tuple[Period, ...]:
    if beside_usual(frame):
        return told_period(frame), usual_months(frame)
    if frame.periods:
        chosen = tuple(one.until(frame.today) for one in frame.periods)
        return chosen if frame.shape is Shape.COMPARE else chosen[:1]
    if frame.shape in (Shape.TREND, Shape.AVERAGE, Shape.EXTREME_MONTH) or frame.group == "month":
        return (periods.last_months(frame.today, 6),)
    return (periods.month_of(frame.today, -1),)


def _default(frame: Frame) -> str:
    return "last month" if _periods(frame)[0].days <= 31 else "the last six full months"


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    if frame.shape is Shape.WHY:
        return (changes_call(frame, "net"),)
    return tuple(
        Call("get_cash_flow", {"from": one.start.isoformat(), "to": one.end.isoformat()}) for one in _periods(frame)
    )


def _answer(frame: Frame, results: Results) -> str:
    payloads = [results.of(call) for call in _calls(frame, results)]
    if frame.shape is Shape.WHY:
        return changes_answer(frame, payloads[0])
    chosen = _periods(frame)
    if beside_usual(frame):
        return _sentence(payloads[0], chosen[0], frame) + _beside_average(frame, results, payloads)
    if len(payloads) > 1:
        return "\n".join(_sentence(p, one, frame) for p, one in zip(payloads, chosen, strict=True)) + _difference(
            results, payloads
        )
    payload, period = payloads[0], chosen[0]
    notes = records_note(payload, period, frame.today) + assumed_note(frame, _default(frame))
    if not payload.decimal("income") and not payload.decimal("spending"):
        return f"No income and no spending {period_name(period, frame.today)} found.{notes}"
    months = payload.rows("months")
    if frame.shape is Shape.EXTREME_MONTH and months:
        return _extreme(frame, months, payload.currency) + notes
    if (frame.shape is Shape.TREND or frame.group == "month") and len(months) > 1:
        mean = _average(results, payload.currency, months) if "average" in frame.text else ""
        head = f"{_sentence(payload, period, frame)}{mean}"
        return f"{head}\n\n{_by_month(months, payload.currency)}\n\n{notes.strip()}".rstrip()
    average = _average(results, payload.currency, months) if frame.shape is Shape.AVERAGE else ""
    verdict = "How much to save is yours to decide. " if _SHOULD.search(frame.text) else ""
    if _OVERSPENT.search(frame.text):
        verdict = "Yes. " if payload.decimal("net") < 0 else "No. "
    return verdict + _sentence(payload, period, frame) + average + notes


def _sentence(payload: Payload, period: Period, frame: Frame) -> str:
    net, currency = payload.decimal("net"), payload.currency
    rate = payload.optional_decimal("savings_rate_percent")
    flows = f"{money(payload.decimal('income'), currency)} in and {money(payload.decimal('spending'), currency)} out"
    when = period_name(period, frame.today)
    if net < 0:
        return f"You spent {money(-net, currency)} more than you received {when}: {flows}."
    share = f", {percent(rate)} of your income" if rate is not None else ""
    return f"You saved {money(net, currency)} {when}{share}: {flows}."


def _average(results: Results, currency: str, months: list[Payload]) -> str:
    if not months:
        return ""
    average = results.calculate("average", *(one.ref("net") for one in months)).decimal("result")
    return f" That is {money(average, currency)} a month on average."


def _beside_average(frame: Frame, results: Results, payloads: list[Payload]) -> str:
    told, usual = payloads
    months, when = usual.rows("months"), period_name(usual_months(frame), frame.today)
    if not months:
        return f" There is nothing on record {when} to compare that with."
    average = results.calculate("average", *(one.ref("net") for one in months))
    gap_net = results.calculate("difference", told.ref("net"), average.ref("result")).decimal("result")
    side, mean = "more" if gap_net > 0 else "less", money(average.decimal("result"), told.currency)
    return f" That is {money(abs(gap_net), told.currency)} {side} than the average of {mean} a month {when}."


def _by_month(months: list[Payload], currency: str) -> str:
    return bullets(f"{_month(one)}: {money(one.decimal('net'), currency)}" for one in months)


def _month(row: Payload) -> str:
    return month_name(date.fromisoformat(f"{row.text('month')[:7]}-01"))


def _extreme(frame: Frame, months: list[Payload], currency: str) -> str:
    least = any(word in frame.text for word in ("least", "lowest", "worst", "smallest"))
    chosen = sorted(months, key=lambda one: one.decimal("net"))[0 if least else -1]
    return f"You saved {'least' if least else 'most'} in {_month(chosen)}: {money(chosen.decimal('net'), currency)}."


def _difference(results: Results, payloads: list[Payload]) -> str:
    first, second = payloads[:2]
    if first.decimal("net") == second.decimal("net"):
        return ""
    more = "more" if first.decimal("net") > second.decimal("net") else "less"
    return f"\nThat is {gap(results, first, second, 'net', first.currency)} {more} saved."


INTENT: Final = Intent(name="cash_flow", recognises=_recognises, calls=_calls, answer=_answer, shape=_shape)
