"""A flow in one period beside what is usual: the average of the six months before it, or of those that are named."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline import periods
from agents.models.offline.flow_comparisons import verdict
from agents.models.offline.flows import Flow, flow_call, subjects_of
from agents.models.offline.frame import Frame
from agents.models.offline.number_words import COUNT, count_value
from agents.models.offline.period_names import period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.shapes import USUAL, Shape
from agents.models.offline.wording import from_account, records_note

_USUAL: Final = re.compile(
    r"\b(?:than|as|to|with|from|vs\.?|versus|against|above|below|over|under) (?:my |the |an? |what (?:is|i) )?"
    rf"(?:(?P<months>{COUNT})[ -]months? |monthly )?{USUAL}\b|\bunusually (?:high|low|more|much)\b"
)
_AVERAGE: Final = re.compile(rf"\b{USUAL}\b")
_MONTHS: Final = 6


def beside_usual(frame: Frame) -> bool:
    """Whether a period is compared with the average month: of what came before it, or of the longer one named."""
    if len(frame.periods) < 2:
        return bool(_USUAL.search(frame.text))
    lengths = sorted(one.whole_months for one in frame.periods)
    of_longer = len(lengths) == 2 and lengths[0] == 1 < lengths[1]
    return frame.shape is Shape.COMPARE and of_longer and bool(_AVERAGE.search(frame.text))


def told_period(frame: Frame) -> Period:
    """The period that is set beside the usual: the shorter one, or this month."""
    shortest = min(frame.periods, key=lambda one: one.days, default=periods.month_of(frame.today))
    return shortest.until(frame.today)


def usual_months(frame: Frame) -> Period:
    """The months that the average is of; the last three are those before the period, whenever that is."""
    start = told_period(frame).start
    if len(frame.periods) < 2:
        found = _USUAL.search(frame.text)
        said = found["months"] if found else None
        return periods.last_months(start, max(count_value(said), 1) if said else _MONTHS)
    longer = max(frame.periods, key=lambda one: one.days)
    latest = periods.last_months(frame.today, longer.whole_months)
    return periods.last_months(start, longer.whole_months) if longer == latest else longer.until(frame.today)


def usual_calls(flow: Flow, frame: Frame) -> tuple[Call, ...]:
    """The period, and the months before it."""
    subject = subjects_of(frame)[0]
    return flow_call(flow, frame, told_period(frame), subject), flow_call(flow, frame, usual_months(frame), subject)


def usual_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """More or less than usual, and by how much."""
    now, before = (results.of(call) for call in usual_calls(flow, frame))
    average = before.decimal("average_per_month")
    gap = results.calculate("difference", now.ref("total"), before.ref("average_per_month")).decimal("result")
    about = f"{subjects_of(frame)[0].phrase(flow)}{from_account(frame)}"
    more = "more" if gap > 0 else "less"
    unfinished = " The month is not over yet." if told_period(frame).end >= frame.today else ""
    when = period_name(told_period(frame), frame.today)
    return (
        f"{verdict(frame.text, gap, gap * 0)}You {flow.verb} {money(now.decimal('total'), now.currency)}{about} "
        f"{when}: "
        f"{money(abs(gap), now.currency)}{_percentage(results, before, now)} {more} than the average of "
        f"{money(average, now.currency)} a month {period_name(usual_months(frame), frame.today)}."
        f"{unfinished}{records_note(now, told_period(frame), frame.today)}"
    )


def _percentage(results: Results, before: Payload, now: Payload) -> str:
    if before.decimal("average_per_month") <= 0:
        return ""
    changed = results.calculate("percent_change", before.ref("average_per_month"), now.ref("total")).decimal("result")
    return f" ({percent(abs(changed))})"
