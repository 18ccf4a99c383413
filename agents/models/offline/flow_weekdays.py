"""A flow on certain days of the week only: one call for each run of days, summed by `calculate`."""

from __future__ import annotations

from typing import Final

from agents.models.offline import periods
from agents.models.offline.flows import Flow, flow_call, subjects_of
from agents.models.offline.frame import Frame
from agents.models.offline.period_names import period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import money
from agents.models.offline.results import Call, Results
from agents.models.offline.weekdays import spans, weekdays_name
from agents.models.offline.wording import from_account, records_note

_MOST_CALLS: Final = 40


def _period(frame: Frame) -> Period:
    return frame.period_or(periods.month_of(frame.today, -1))


def weekday_calls(flow: Flow, frame: Frame) -> tuple[Call, ...]:
    """A call for each run of days; none when there are too many."""
    found = spans(_period(frame), frame.weekdays)
    return (
        () if len(found) > _MOST_CALLS else tuple(flow_call(flow, frame, one, subjects_of(frame)[0]) for one in found)
    )


def weekday_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """The sum over those days, beside the whole period's name."""
    name, period = weekdays_name(frame.weekdays), _period(frame)
    calls = weekday_calls(flow, frame)
    when = period_name(period, frame.today)
    if not calls:
        return f"That is too long a period to add up {name} one by one. Please ask for a shorter one."
    payloads = [results.of(call) for call in calls]
    total = results.calculate("sum", *(one.ref("total") for one in payloads)).decimal("result")
    about = f"{subjects_of(frame)[0].phrase(flow)}{from_account(frame)}"
    assumed = "" if frame.periods else " You named no period, so I took last month."
    return (
        f"You {flow.verb} {money(total, payloads[0].currency)}{about} on {name} {when}."
        f"{records_note(payloads[-1], period, frame.today)}{assumed}"
    )
