"""A flow in one period beside what is usual: the average month of the six before it."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline import periods
from agents.models.offline.flow_comparisons import verdict
from agents.models.offline.flows import Flow, flow_call, subjects_of
from agents.models.offline.frame import Frame
from agents.models.offline.period_names import period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import from_account, records_note

_USUAL: Final = re.compile(
    r"\b(?:than|as|to|with|from|vs\.?|versus|against|above|below|over|under) (?:my |the |an? |what (?:is|i) )?"
    r"(?:monthly )?(?:usual|usually|normal|normally|average|avg|typical|typically)\b|\bunusually (?:high|low|"
    r"more|much)\b"
)
_MONTHS: Final = 6


def beside_usual(frame: Frame) -> bool:
    """Whether the question compares with the average or the usual."""
    return bool(_USUAL.search(frame.text)) and len(frame.periods) < 2


def _period(frame: Frame) -> Period:
    return frame.period_or(periods.month_of(frame.today))


def _before(frame: Frame) -> Period:
    return periods.last_months(_period(frame).start, _MONTHS)


def usual_calls(flow: Flow, frame: Frame) -> tuple[Call, ...]:
    """The period, and the six months before it."""
    subject = subjects_of(frame)[0]
    return flow_call(flow, frame, _period(frame), subject), flow_call(flow, frame, _before(frame), subject)


def usual_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """More or less than usual, and by how much."""
    now, before = (results.of(call) for call in usual_calls(flow, frame))
    average = before.decimal("average_per_month")
    gap = results.calculate("difference", now.ref("total"), before.ref("average_per_month")).decimal("result")
    about = f"{subjects_of(frame)[0].phrase(flow)}{from_account(frame)}"
    more = "more" if gap > 0 else "less"
    unfinished = " The month is not over yet." if _period(frame).end >= frame.today else ""
    when = period_name(_period(frame), frame.today)
    return (
        f"{verdict(frame.text, gap, gap * 0)}You {flow.verb} {money(now.decimal('total'), now.currency)}{about} "
        f"{when}: "
        f"{money(abs(gap), now.currency)}{_percentage(results, before, now)} {more} than the average of "
        f"{money(average, now.currency)} a month {period_name(_before(frame), frame.today)}."
        f"{unfinished}{records_note(now, _period(frame), frame.today)}"
    )


def _percentage(results: Results, before: Payload, now: Payload) -> str:
    if before.decimal("average_per_month") <= 0:
        return ""
    changed = results.calculate("percent_change", before.ref("average_per_month"), now.ref("total")).decimal("result")
    return f" ({percent(abs(changed))})"
