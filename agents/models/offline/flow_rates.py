"""A flow by the day or by the week: averages, and the day with the most. One call for each day or week."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from agents.models.offline import periods
from agents.models.offline.flows import Flow, asks_least, flow_call, subjects_of
from agents.models.offline.frame import Frame
from agents.models.offline.period_names import day_name, period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import money
from agents.models.offline.results import Call, Results
from agents.models.offline.shapes import Shape
from agents.models.offline.wording import capital, from_account, records_note

_BY_DAY: Final = re.compile(r"\b(?:per|a|each|every) day\b|\bdaily\b")
_BY_WEEK: Final = re.compile(r"\b(?:per|a|each|every) week\b|\bweekly\b")
_WHICH_DAY: Final = re.compile(
    r"\b(?:which|what) (?:day|date)\b|\b(?:costliest|most expensive|biggest|"
    r"highest|lowest|cheapest) (?:\w+ )?day\b"
)
_WHICH_WEEK: Final = re.compile(
    r"\b(?:which|what) week\b|\b(?:costliest|most expensive|highest|lowest|cheapest) week\b"
)
_MOST_CALLS: Final = 40
_WEEKS: Final = 12


def by_rate(frame: Frame) -> bool:
    """Whether the question is about days or weeks."""
    return _asks_best(frame) or (frame.shape is Shape.AVERAGE and _unit(frame) is not None)


def _asks_day(frame: Frame) -> bool:
    return bool(_WHICH_DAY.search(frame.text)) and frame.shape in (Shape.TOP, Shape.TOTAL, Shape.EXTREME_MONTH)


def _asks_week(frame: Frame) -> bool:
    return bool(_WHICH_WEEK.search(frame.text)) and frame.shape in (Shape.TOP, Shape.TOTAL)


def _asks_best(frame: Frame) -> bool:
    return _asks_day(frame) or _asks_week(frame)


def _unit(frame: Frame) -> str | None:
    if _BY_DAY.search(frame.text):
        return "day"
    return "week" if _BY_WEEK.search(frame.text) or _asks_week(frame) else None


def _whole(frame: Frame) -> Period:
    if frame.period:
        return frame.period
    if _unit(frame) == "week":
        last = periods.week_of(frame.today, -1)
        return Period(periods.week_of(frame.today, -_WEEKS).start, last.end)
    return periods.month_of(frame.today, -1)


def _pieces(frame: Frame) -> list[Period]:
    """Each day of the period, or each full week in it, Monday to Sunday."""
    whole = _whole(frame)
    if _asks_day(frame) or _unit(frame) == "day":
        return [periods.day(whole.start + timedelta(days=offset)) for offset in range(whole.days)]
    first = periods.week_of(whole.start + timedelta(days=6))
    count = ((whole.end - first.start).days + 1) // 7
    return [periods.week_of(first.start, offset) for offset in range(count)]


def rate_calls(flow: Flow, frame: Frame) -> tuple[Call, ...]:
    """A call for each piece; none when there are too many or none."""
    pieces = _pieces(frame)
    if not 0 < len(pieces) <= _MOST_CALLS:
        return ()
    return tuple(flow_call(flow, frame, one, subjects_of(frame)[0]) for one in pieces)


def rate_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """The average of a day or a week, or the day with the most."""
    calls, pieces, whole = rate_calls(flow, frame), _pieces(frame), _whole(frame)
    unit = "week" if _unit(frame) == "week" and not _asks_day(frame) else "day"
    if not calls:
        return f"I can look at single {unit}s only over a shorter period. Please name one, for example last month."
    payloads = [results.of(call) for call in calls]
    currency = payloads[0].currency
    about = f"{subjects_of(frame)[0].phrase(flow)}{from_account(frame)}"
    notes = records_note(payloads[-1], whole, frame.today) + ("" if frame.periods else _assumed(frame))
    when = period_name(whole, frame.today)
    if _asks_best(frame):
        pick, most = (min, "least") if asks_least(frame) else (max, "most")
        best, on = pick(zip(payloads, pieces, strict=True), key=lambda pair: pair[0].decimal("total"))
        if best.decimal("total") < 0:
            back = money(-best.decimal("total"), currency)
            more = f"more came back than you {flow.verb}{about}, {back} net"
            return f"{capital(period_name(on, frame.today))} {more}: the least of all {unit}s {when}.{notes}"
        which = f"on {day_name(on.start)}, of all days"
        if unit == "week":
            which = f"{period_name(on, frame.today)}, of all full weeks"
        return f"You {flow.verb} {most}{about} {which} {when}: {money(best.decimal('total'), currency)}.{notes}"
    mean = results.calculate("average", *(one.ref("total") for one in payloads)).decimal("result")
    full = ", taking the full weeks" if unit == "week" else ""
    return f"On average you {flow.verb} {money(mean, currency)} a {unit}{about} {when}{full}.{notes}"


def _assumed(frame: Frame) -> str:
    return f" You named no period, so I took {'the last full weeks' if _unit(frame) == 'week' else 'last month'}."
