"""A flow on certain days of the week only: one call for each run of days, summed by `calculate`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from agents.models.offline import periods
from agents.models.offline.flow_comparisons import verdict
from agents.models.offline.flows import Flow, flow_call, subjects_of
from agents.models.offline.frame import Frame
from agents.models.offline.period_names import period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.shapes import Shape
from agents.models.offline.weekdays import rival_days, spans, weekdays_name
from agents.models.offline.wording import capital, from_account, records_note

_MOST_CALLS: Final = 40


def _period(frame: Frame) -> Period:
    return frame.period_or(periods.month_of(frame.today, -1))


def compares_weekdays(frame: Frame) -> bool:
    """Whether some days of the week are set against the others, or their average is asked for."""
    return bool(_rivals(frame))


def _rivals(frame: Frame) -> tuple[frozenset[int], ...]:
    averaged = (frame.weekdays,) if frame.weekdays and frame.shape is Shape.AVERAGE else ()
    return rival_days(frame.weekdays, frame.text) or averaged


def _compared_days(frame: Frame) -> list[Period]:
    return spans(_period(frame), frozenset().union(*_rivals(frame)), apart=True)


def compared_calls(flow: Flow, frame: Frame) -> tuple[Call, ...]:
    """A call for each day, so that averages a day can be told; none when there are too many."""
    days = _compared_days(frame)
    return () if len(days) > _MOST_CALLS else tuple(flow_call(flow, frame, one, subjects_of(frame)[0]) for one in days)


def compared_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """The average a day on the days of the week that are asked for or compared, the highest first."""
    calls = compared_calls(flow, frame)
    if not calls:
        return "That is too long a period to compare its days one by one. Please ask for a shorter one."
    payloads = [results.of(call) for call in calls]
    means = {}
    for rival in _rivals(frame):
        on = zip(payloads, _compared_days(frame), strict=True)
        own = [one.ref("total") for one, day in on if day.start.weekday() in rival]
        if own:
            means[weekdays_name(rival)] = results.calculate("average", *own).decimal("result")
    return _ranked(flow, frame, means, payloads[-1])


def _ranked(flow: Flow, frame: Frame, means: Mapping[str, Decimal], payload: Payload) -> str:
    ranked = sorted(means.items(), key=lambda one: one[1], reverse=True)
    (first, mean), about = ranked[0], f"{subjects_of(frame)[0].phrase(flow)}{from_account(frame)}"
    when, notes = period_name(_period(frame), frame.today), _notes(frame, payload)
    if len(ranked) == 1:
        return f"On average you {flow.verb} {money(mean, payload.currency)} a day{about} on {first} {when}.{notes}"
    yes_no = verdict(frame.text, *means.values()) if len(means) == 2 else ""
    lines = bullets(f"{capital(name)}: {money(one, payload.currency)} a day" for name, one in ranked)
    head = f"{yes_no}You {flow.verb} most a day{about} on {first} {when}, on average"
    return f"{head}:\n\n{lines}\n\n{notes.strip()}".rstrip()


def _notes(frame: Frame, latest: Payload) -> str:
    assumed = "" if frame.periods else " You named no period, so I took last month."
    return f"{records_note(latest, _period(frame), frame.today)}{assumed}"


def weekday_calls(flow: Flow, frame: Frame) -> tuple[Call, ...]:
    """A call for each run of days; none when there are too many."""
    found = spans(_period(frame), frame.weekdays)
    return (
        () if len(found) > _MOST_CALLS else tuple(flow_call(flow, frame, one, subjects_of(frame)[0]) for one in found)
    )


def weekday_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """The sum over those days."""
    name, calls = weekdays_name(frame.weekdays), weekday_calls(flow, frame)
    when = period_name(_period(frame), frame.today)
    if not calls:
        return f"That is too long a period to add up {name} one by one. Please ask for a shorter one."
    payloads = [results.of(call) for call in calls]
    total = results.calculate("sum", *(one.ref("total") for one in payloads)).decimal("result")
    about = f"{subjects_of(frame)[0].phrase(flow)}{from_account(frame)}"
    spent = f"You {flow.verb} {money(total, payloads[0].currency)}{about} on {name} {when}."
    return f"{spent}{_notes(frame, payloads[-1])}"
