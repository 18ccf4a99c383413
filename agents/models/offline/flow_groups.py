"""Answers from grouped results: rankings, breakdowns and the course over months."""

from __future__ import annotations

from datetime import date
from typing import Final

from agents.models.offline.calculations import change, gap
from agents.models.offline.flows import (
    TOP_DEFAULT,
    Flow,
    asks_least,
    by_count,
    by_least,
    default_name,
    grouped,
    grouping_of,
    periods_of,
    subjects_of,
)
from agents.models.offline.frame import Frame
from agents.models.offline.period_names import month_name, period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import bullets, money, percent, times
from agents.models.offline.results import Payload, Results
from agents.models.offline.shapes import Shape
from agents.models.offline.wording import assumed_note, capital, category_name, from_account, payee_name, records_note

_LONGEST_LIST: Final = 12
_PLURALS: Final = {"category": "categories", "payee": "payees", "month": "months", "account": "accounts"}


def group_title(by: str, key: str) -> str:
    """How a group's key reads in a list."""
    if by == "month":
        return month_name(date.fromisoformat(f"{key[:7]}-01"))
    return capital(category_name(key)) if by == "category" else payee_name(key) if by == "payee" else key


def groups_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """A ranking or a breakdown as a list, largest first (months in order)."""
    period, subject, by = periods_of(flow, frame)[0], subjects_of(frame)[0], grouping_of(frame)
    payload = results.of(grouped(flow, frame)[0])
    groups = payload.rows("groups")
    when = period_name(period, frame.today)
    notes = _notes(flow, frame, payload, period)
    if not groups:
        return f"No {flow.noun}{subject.phrase(flow)}{from_account(frame)} {when} found.{notes}"
    total = money(payload.decimal("total"), payload.currency)
    if frame.shape is Shape.TOP and by_count(frame):
        return _most_frequent(flow, frame, groups, payload) + notes
    if by_least(frame):
        groups = groups[::-1]
    shown = groups[: frame.limit or (TOP_DEFAULT if by_least(frame) else _LONGEST_LIST)]
    lines = [_line(by, group, payload.currency) for group in shown]
    about = f"{subject.phrase(flow)}{from_account(frame)}"
    if frame.shape is Shape.TOP and by != "month":
        which = "smallest" if by_least(frame) else "largest"
        head = f"Your {which} {_PLURALS[by]} by {flow.noun}{about} {when}, of {total} in all:"
    else:
        head = f"Your {flow.noun}{about} {when} was {total}, by {by}:"
    rest = f" {'Larger' if by_least(frame) else 'Smaller'} ones are left out." if len(shown) < len(groups) else ""
    return f"{head}\n\n{bullets(lines)}\n\n{(rest + notes).strip()}".rstrip()


def _most_frequent(flow: Flow, frame: Frame, groups: list[Payload], payload: Payload) -> str:
    by, when = grouping_of(frame), period_name(periods_of(flow, frame)[0], frame.today)
    ranked = sorted(groups, key=lambda one: -one.integer("count"))[: frame.limit or TOP_DEFAULT]
    lines = [
        f"{group_title(by, one.text('key'))}: {times(one.integer('count'), 'time')}, "
        f"{money(one.decimal('amount'), payload.currency)}"
        for one in ranked
    ]
    about = f"{subjects_of(frame)[0].phrase(flow)}{from_account(frame)}"
    return f"Your most frequent {_PLURALS[by]}{about} {when}:\n\n{bullets(lines)}\n\n"


def _line(by: str, group: Payload, currency: str) -> str:
    share = group.optional_decimal("share_percent")
    part = f" ({percent(share)})" if share is not None and by != "month" else ""
    return f"{group_title(by, group.text('key'))}: {money(group.decimal('amount'), currency)}{part}"


def trend_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """Month by month, with the change from the first month to the last."""
    period, subject = periods_of(flow, frame)[0], subjects_of(frame)[0]
    payload = results.of(grouped(flow, frame)[0])
    groups = payload.rows("groups")
    when = period_name(period, frame.today)
    about = f"{subject.phrase(flow)}{from_account(frame)}"
    notes = _notes(flow, frame, payload, period)
    if not groups:
        return f"No {flow.noun}{about} {when} found.{notes}"
    lines = bullets(_line("month", group, payload.currency) for group in groups)
    course = f"{_course(results, groups[0], groups[-1], payload.currency)} " if len(groups) > 1 else ""
    average = f"The average is {money(payload.decimal('average_per_month'), payload.currency)} a month."
    return f"Your {flow.noun}{about} {when}, month by month:\n\n{lines}\n\n{course}{average}{notes}"


def _course(results: Results, first: Payload, last: Payload, currency: str) -> str:
    before, after = first.decimal("amount"), last.decimal("amount")
    start, end = group_title("month", first.text("key")), group_title("month", last.text("key"))
    if before == after:
        return f"It was the same in {end} as in {start}."
    by = f"{gap(results, last, first, 'amount', currency)}{change(results, first, last, 'amount')}"
    return f"From {start} to {end} it {'rose' if after > before else 'fell'} by {by}."


def extreme_month_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """The month with the most, or the least, and how the other end compares."""
    period, subject = periods_of(flow, frame)[0], subjects_of(frame)[0]
    payload = results.of(grouped(flow, frame)[0])
    groups = payload.rows("groups")
    when = period_name(period, frame.today)
    notes = _notes(flow, frame, payload, period)
    if not groups:
        return f"No {flow.noun}{subject.phrase(flow)}{from_account(frame)} {when} found.{notes}"
    ordered = sorted(groups, key=lambda one: one.decimal("amount"))
    least = asks_least(frame)
    chosen, other = (ordered[0], ordered[-1]) if least else (ordered[-1], ordered[0])
    sentence = (
        f"Your {flow.noun}{subject.phrase(flow)}{from_account(frame)} {when} was {'lowest' if least else 'highest'} in "
        f"{_month_with_amount(chosen, payload.currency)}"
    )
    contrast = f" and {'highest' if least else 'lowest'} in {_month_with_amount(other, payload.currency)}"
    return f"{sentence}{contrast if len(ordered) > 1 else ''}.{notes}"


def _month_with_amount(group: Payload, currency: str) -> str:
    return f"{group_title('month', group.text('key'))}, at {money(group.decimal('amount'), currency)}"


def _notes(flow: Flow, frame: Frame, payload: Payload, period: Period) -> str:
    return records_note(payload, period, frame.today) + assumed_note(frame, default_name(flow, frame))
