"""A flow on certain days of the week only: one call for each run of days, summed by `calculate`."""

from __future__ import annotations

from typing import Final

from agents.models.offline import periods
from agents.models.offline.flow_comparisons import verdict
from agents.models.offline.flows import Flow, flow_call, subjects_of
from agents.models.offline.frame import Frame
from agents.models.offline.period_names import period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Results
from agents.models.offline.weekdays import rival_days, spans, weekdays_name
from agents.models.offline.wording import capital, from_account, records_note

_MOST_CALLS: Final = 40


def _period(frame: Frame) -> Period:
    return frame.period_or(periods.month_of(frame.today, -1))


def compares_weekdays(frame: Frame) -> bool:
    """Whether some days of the week are set against the others."""
    return bool(rival_days(frame.weekdays, frame.text))


def compared_calls(flow: Flow, frame: Frame) -> tuple[Call, ...]:
    """A call for each day, so that averages a day can be told; none when there are too many."""
    days = spans(_period(frame), frozenset(range(7)), apart=True)
    return () if len(days) > _MOST_CALLS else tuple(flow_call(flow, frame, one, subjects_of(frame)[0]) for one in days)


def compared_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """The average a day on each of the days of the week that are compared, the highest first."""
    period, calls = _period(frame), compared_calls(flow, frame)
    if not calls:
        return "That is too long a period to compare its days one by one. Please ask for a shorter one."
    payloads = [results.of(call) for call in calls]
    days = spans(period, frozenset(range(7)), apart=True)
    means = {}
    for rival in rival_days(frame.weekdays, frame.text):
        own = [one.ref("total") for one, on in zip(payloads, days, strict=True) if on.start.weekday() in rival]
        if own:
            means[weekdays_name(rival)] = results.calculate("average", *own).decimal("result")
    ranked = sorted(means.items(), key=lambda one: one[1], reverse=True)
    yes_no = verdict(frame.text, *means.values()) if len(means) == 2 else ""
    lines = bullets(f"{capital(name)}: {money(mean, payloads[0].currency)} a day" for name, mean in ranked)
    about = f"{subjects_of(frame)[0].phrase(flow)}{from_account(frame)}"
    assumed = "" if frame.periods else " You named no period, so I took last month."
    notes = f"{records_note(payloads[-1], period, frame.today)}{assumed}".strip()
    when = period_name(period, frame.today)
    head = f"{yes_no}You {flow.verb} most a day{about} on {ranked[0][0]} {when}, on average"
    return f"{head}:\n\n{lines}\n\n{notes}".rstrip()


def weekday_calls(flow: Flow, frame: Frame) -> tuple[Call, ...]:
    """A call for each run of days; none when there are too many."""
    if compares_weekdays(frame):
        return compared_calls(flow, frame)
    found = spans(_period(frame), frame.weekdays)
    return (
        () if len(found) > _MOST_CALLS else tuple(flow_call(flow, frame, one, subjects_of(frame)[0]) for one in found)
    )


def weekday_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """The sum over those days, or how they compare with the others."""
    if compares_weekdays(frame):
        return compared_answer(flow, frame, results)
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
