"""Answers about spending and income: totals, averages and shares. Rankings and comparisons have their own modules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from agents.models.offline.calculations import percent_of
from agents.models.offline.flow_comparisons import comparison_answer, why_answer
from agents.models.offline.flow_groups import extreme_month_answer, groups_answer, trend_answer
from agents.models.offline.flow_rates import by_rate, rate_answer, rate_calls
from agents.models.offline.flow_usual import beside_usual, usual_answer, usual_calls
from agents.models.offline.flow_weekdays import (
    compared_answer,
    compared_calls,
    compares_weekdays,
    weekday_answer,
    weekday_calls,
)
from agents.models.offline.flows import (
    Flow,
    FlowSubject,
    cells,
    default_name,
    exclusions,
    flow_calls,
    of_income,
    periods_of,
    share_calls,
    subjects_of,
)
from agents.models.offline.frame import Frame
from agents.models.offline.period_names import period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import bullets, joined, money, times
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.shapes import PER_PAYMENT, Shape
from agents.models.offline.unknown_payees import payee_calls, unknown_payee
from agents.models.offline.wording import (
    assumed_note,
    capital,
    category_name,
    from_account,
    narrow_note,
    records_note,
    unread_note,
    way_note,
)

_HAPPENED: Final = re.compile(
    r"^(?:and |so )?(?:did|has|have|is|was|were)\b(?![^?]*\b(?:more|less|much|than)\b)[^?]*"
    r"\b(?:paid|pay|come|came|credited|received?|gone|get|got|debited|arrived?|deducted|charged|spend|spent|buy|"
    r"bought|order(?:ed)?)\b"
)
_WRITERS: Final = {
    Shape.COMPARE: comparison_answer,
    Shape.WHY: why_answer,
    Shape.TREND: trend_answer,
    Shape.EXTREME_MONTH: extreme_month_answer,
    Shape.TOP: groups_answer,
    Shape.BREAKDOWN: groups_answer,
}


def calls_of(flow: Flow, frame: Frame, results: Results) -> tuple[Call, ...]:
    """Every call that a question about a flow needs."""
    if _averages(frame):
        return tuple(call for one in _each_period(frame) for call in calls_of(flow, one, results))
    if compares_weekdays(frame):
        return compared_calls(flow, frame)
    if by_rate(frame):
        return rate_calls(flow, frame)
    if frame.weekdays:
        return weekday_calls(flow, frame)
    if beside_usual(frame):
        return usual_calls(flow, frame)
    asked = flow_calls(flow, frame, results)
    return (*asked, *payee_calls(frame, results, asked))


def flow_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """The answer to a question about a flow, whatever its shape."""
    unknown = unknown_payee(frame, results)
    if unknown:
        return unknown
    if _averages(frame):
        return "\n".join(flow_answer(flow, one, results) for one in _each_period(frame))
    if compares_weekdays(frame):
        return compared_answer(flow, frame, results)
    if by_rate(frame):
        return rate_answer(flow, frame, results)
    if frame.weekdays:
        return weekday_answer(flow, frame, results)
    if beside_usual(frame):
        return usual_answer(flow, frame, results)
    if frame.shape in _WRITERS:
        return _WRITERS[frame.shape](flow, frame, results) + _left_in(frame)
    if frame.shape is Shape.SHARE:
        return _share(flow, frame, results)
    if len(subjects_of(frame)) > 1:
        return _side_by_side(flow, frame, results)
    return _total(flow, frame, results)


def _left_in(frame: Frame) -> str:
    """Says of a ranking, a trend or a comparison that nothing was left out of it."""
    names = [category_name(one) for one in frame.excluded_categories] + list(frame.excluded_payees)
    return f"\n\nI leave things out of totals only: {joined(names)} is in there." if names else ""


def _averages(frame: Frame) -> bool:
    """Whether an average is asked of several periods that do not follow on each other."""
    return frame.shape is Shape.AVERAGE and len(frame.periods) > 1


def _each_period(frame: Frame) -> list[Frame]:
    return [replace(frame, periods=(one,)) for one in frame.periods]


def _total(flow: Flow, frame: Frame, results: Results) -> str:
    period, subject = periods_of(flow, frame)[0], subjects_of(frame)[0]
    payload = results.of(cells(flow, frame)[subject, period])
    if period.start > frame.today:
        return f"That lies in the future: there is no {flow.noun} on record for it yet."
    if not payload.integer("count"):
        return nothing_found(flow, frame, subject, period, payload)
    if exclusions(flow, frame, period):
        return _without(flow, frame, results, payload)
    notes = records_note(payload, period, frame.today) + assumed_note(frame, default_name(flow, frame))
    notes = f"{unread_note(frame)}{narrow_note(frame)}{way_note(frame)}{notes}"
    if PER_PAYMENT.search(frame.text):
        notes += " I do not work out what a single payment comes to on average."
    if frame.shape is Shape.AVERAGE:
        return _average(flow, frame, subject, period, payload) + notes
    return (
        _happened(frame) + _threshold(frame, payload) + _total_sentence(flow, frame, subject, period, payload) + notes
    )


def nothing_found(flow: Flow, frame: Frame, subject: FlowSubject, period: Period, payload: Payload) -> str:
    """Says that there is nothing, and where the records end."""
    where = f"{subject.phrase(flow)}{from_account(frame)} {period_name(period, frame.today)}"
    notes = records_note(payload, period, frame.today) + assumed_note(frame, default_name(flow, frame))
    asked = "No. " if _HAPPENED.search(frame.text) else ""
    return f"{asked}No {flow.noun}{where.replace(' as ', ' from ') if flow.noun == 'income' else where} found.{notes}"


def _total_sentence(flow: Flow, frame: Frame, subject: FlowSubject, period: Period, payload: Payload) -> str:
    total = payload.decimal("total")
    when = period_name(period, frame.today)
    count = times(payload.integer("count"), "transaction")
    about = f"{subject.phrase(flow)}{from_account(frame)}"
    if total < 0:
        back = money(-total, payload.currency)
        return f"More came back than you {flow.verb}{about} {when}: {back} net, over {count}."
    return f"You {flow.verb} {money(total, payload.currency)}{about} {when}, over {count}."


def _happened(frame: Frame) -> str:
    """Yes to "did my salary come?", asked of a thing that there is."""
    asked = frame.minimum is None and frame.maximum is None and bool(frame.categories or frame.payees)
    return "Yes. " if asked and _HAPPENED.search(frame.text) else ""


def _threshold(frame: Frame, payload: Payload) -> str:
    """Yes or no when the question set a bound: "did I spend more than ₹5,000 on dining?"."""
    if frame.minimum is None and frame.maximum is None:
        return ""
    total = payload.decimal("total")
    within = (frame.minimum is None or total >= frame.minimum) and (frame.maximum is None or total <= frame.maximum)
    return "Yes. " if within else "No. "


def _average(flow: Flow, frame: Frame, subject: FlowSubject, period: Period, payload: Payload) -> str:
    average = money(payload.decimal("average_per_month"), payload.currency)
    total = money(payload.decimal("total"), payload.currency)
    about = f"{subject.phrase(flow)}{from_account(frame)}"
    return f"On average you {flow.verb} {average} a month{about} {period_name(period, frame.today)}, {total} in all."


def _without(flow: Flow, frame: Frame, results: Results, whole: Payload) -> str:
    period = periods_of(flow, frame)[0]
    left_out = exclusions(flow, frame, period)
    payloads = {one: results.of(call) for one, call in left_out.items()}
    parts = {one: payload.decimal("total") for one, payload in payloads.items()}
    names = joined([one.title for one in parts])
    references = [payload.ref("total") for payload in payloads.values()]
    less = references[0] if len(references) == 1 else results.calculate("sum", *references).ref("result")
    rest = results.calculate("difference", whole.ref("total"), less).decimal("result")
    spent = joined(
        [f"{money(total, whole.currency)} {flow.category_preposition} {one.title}" for one, total in parts.items()]
    )
    return (
        f"Without {names} you {flow.verb} {money(rest, whole.currency)}{from_account(frame)} "
        f"{period_name(period, frame.today)}: "
        f"{money(whole.decimal('total'), whole.currency)} in all, less {spent}."
        + records_note(whole, period, frame.today)
        + assumed_note(frame, default_name(flow, frame))
    )


def _side_by_side(flow: Flow, frame: Frame, results: Results) -> str:
    period = periods_of(flow, frame)[0]
    payloads = {one: results.of(cells(flow, frame)[one, period]) for one in subjects_of(frame)}
    first = next(iter(payloads.values()))
    average = frame.shape is Shape.AVERAGE
    key, unit = ("average_per_month", " a month") if average else ("total", "")
    lines = [f"{capital(one.title)}: {money(p.decimal(key), p.currency)}{unit}" for one, p in payloads.items()]
    total = results.calculate("sum", *(p.ref(key) for p in payloads.values())).decimal("result")
    when = period_name(period, frame.today)
    notes = records_note(first, period, frame.today) + assumed_note(frame, default_name(flow, frame))
    head = f"You {flow.verb}{from_account(frame)} {when}:\n\n{bullets(lines)}\n\n"
    return f"{head}Together that is {money(total, first.currency)}{unit}.{notes}"


def _share(flow: Flow, frame: Frame, results: Results) -> str:
    part_call, whole_call = share_calls(flow, frame)
    part, whole = results.of(part_call), results.of(whole_call)
    period, subject = periods_of(flow, frame)[0], subjects_of(frame)[0]
    noun = ("salary" if "salary" in frame.text else "income") if of_income(frame) else flow.noun
    when = period_name(period, frame.today)
    if not whole.decimal("total"):
        return f"There is no {noun} {when} to take a share of.{records_note(whole, period, frame.today)}"
    if not part.integer("count"):
        return nothing_found(flow, frame, subject, period, part)
    share = percent_of(results, part.ref("total"), whole.ref("total"))
    about = capital(f"{subject.title or flow.noun}")
    verb = "was" if not subject.category or category_name(subject.category) == subject.category else "were"
    return (
        f"{about} {verb} {share} of your {noun} {when}: {money(part.decimal('total'), part.currency)} of "
        f"{money(whole.decimal('total'), whole.currency)}."
        + records_note(part, period, frame.today)
        + assumed_note(frame, default_name(flow, frame))
    )
