"""Comparisons of two periods or of two subjects, and what is behind a difference."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from agents.models.offline.calculations import change, gap
from agents.models.offline.flow_groups import group_title, groups_answer
from agents.models.offline.flows import (
    Flow,
    FlowSubject,
    cells,
    default_name,
    grouped,
    grouping_of,
    periods_of,
    subjects_of,
)
from agents.models.offline.frame import Frame
from agents.models.offline.period_names import period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Payload, Results
from agents.models.offline.shapes import COMPARING
from agents.models.offline.wording import assumed_note, capital, from_account, records_note

_ASKS_YES_NO: Final = re.compile(r"^(?:and |so |but )?(?:did|do|have|has|am|was|were|is|are)\b")
_MORE: Final = re.compile(r"\b(?:more|higher|greater|increas\w*|up|exceed\w*)\b")
_LESS: Final = re.compile(r"\b(?:less|lower|fewer|decreas\w*|down|sav\w+)\b")
_SUMMED: Final = re.compile(r"\btotal\b|\btogether\b|\bcombined\b|\bsum\b|\bin all\b")
_DRIVERS: Final = 3


def comparison_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """Two periods, or two or more subjects in one period."""
    chosen = periods_of(flow, frame)
    if len(chosen) > 1:
        parts = [_two_periods(flow, frame, results, one) for one in subjects_of(frame)]
        return "\n".join(parts) if len(parts) > 1 else parts[0]
    return _subjects(flow, frame, results)


def _two_periods(flow: Flow, frame: Frame, results: Results, subject: FlowSubject) -> str:
    table, chosen = cells(flow, frame), periods_of(flow, frame)
    payloads = [results.of(table[subject, one]) for one in chosen]
    summed = _SUMMED.search(frame.text) and not COMPARING.search(frame.text)
    if len(chosen) > 2 or summed:
        return _several_periods(flow, frame, results, subject, payloads)
    first, second = (one.decimal("total") for one in payloads)
    currency = payloads[0].currency
    about = f"{subject.phrase(flow)}{from_account(frame)}"
    names = [period_name(one, frame.today) for one in chosen]
    sentence = f"You {flow.verb} {money(first, currency)}{about} {names[0]} and {money(second, currency)} {names[1]}"
    ordered = payloads if chosen[0].start > chosen[1].start or _ASKS_YES_NO.search(frame.text) else payloads[::-1]
    difference = _difference(results, ordered[0], ordered[1])
    return f"{verdict(frame.text, first, second)}{sentence}{difference}.{_unfinished(frame, payloads)}"


def _several_periods(flow: Flow, frame: Frame, results: Results, subject: FlowSubject, payloads: list[Payload]) -> str:
    lines = [
        f"{capital(period_name(one, frame.today))}: {money(payload.decimal('total'), payload.currency)}"
        for one, payload in zip(periods_of(flow, frame), payloads, strict=True)
    ]
    total = results.calculate("sum", *(one.ref("total") for one in payloads)).decimal("result")
    whole = f"Together that is {money(total, payloads[0].currency)}."
    return f"You {flow.verb}{subject.phrase(flow)}{from_account(frame)}:\n\n{bullets(lines)}\n\n{whole}"


def _difference(results: Results, first: Payload, second: Payload) -> str:
    if first.decimal("total") == second.decimal("total"):
        return ", exactly the same"
    more = "more" if first.decimal("total") > second.decimal("total") else "less"
    return f": {gap(results, first, second, 'total', first.currency)} {more}{change(results, second, first, 'total')}"


def verdict(text: str, first: Decimal, second: Decimal) -> str:
    """Yes or no to "did I spend more …", when it is asked like that."""
    if not _ASKS_YES_NO.search(text) or " or " in text:
        return ""
    if _MORE.search(text):
        return "Yes. " if first > second else "No. "
    if _LESS.search(text):
        return "Yes. " if first < second else "No. "
    return ""


def _unfinished(frame: Frame, payloads: list[Payload]) -> str:
    ongoing = any(one.start <= frame.today < one.end for one in frame.periods)
    note = (
        records_note(payloads[0], Period(min(p.start for p in frame.periods), frame.today), frame.today)
        if ongoing
        else ""
    )
    return f" One of these periods is not over yet.{note}" if ongoing else ""


def _subjects(flow: Flow, frame: Frame, results: Results) -> str:
    period, table = periods_of(flow, frame)[0], cells(flow, frame)
    rows = [(one, results.of(table[one, period])) for one in subjects_of(frame)]
    currency = rows[0][1].currency
    when = period_name(period, frame.today)
    notes = records_note(rows[0][1], period, frame.today) + assumed_note(frame, default_name(flow, frame))
    if len(rows) != 2:
        lines = [f"{capital(one.title or flow.noun)}: {money(p.decimal('total'), currency)}" for one, p in rows]
        return f"You {flow.verb}{from_account(frame)} {when}:\n\n{bullets(lines)}\n\n{notes.strip()}".rstrip()
    (left, one), (right, two) = rows
    first, second = one.decimal("total"), two.decimal("total")
    more = left if first > second else right
    by = "the same amount"
    if first != second:
        by = f"{gap(results, one, two, 'total', currency)} more{more.phrase(flow)}"
    yes_no = verdict(frame.text, first, second)
    amounts = f"{money(first, currency)}{left.phrase(flow)} and {money(second, currency)}{right.phrase(flow)}"
    return f"{yes_no}You {flow.verb} {amounts}{from_account(frame)} {when}: {by}.{notes}"


def why_answer(flow: Flow, frame: Frame, results: Results) -> str:
    """What is behind a figure: its parts, or for two periods the parts that changed most."""
    calls = grouped(flow, frame)
    if len(calls) < 2:
        return groups_answer(flow, frame, results)
    by, (after, before) = grouping_of(frame), (results.of(calls[0]), results.of(calls[1]))
    changes = _changes(after, before)[:_DRIVERS]
    names = [period_name(one, frame.today) for one in periods_of(flow, frame)]
    about = subjects_of(frame)[0].phrase(flow)
    if not changes:
        return f"Your {flow.noun}{about} was the same {names[0]} and {names[1]}."
    lines = [_driver(by, one, results, after.currency) for one in changes]
    return f"The largest changes in {flow.noun}{about} {names[0]}, against {names[1]}:\n\n{bullets(lines)}"


@dataclass(frozen=True, slots=True)
class _Change:
    """How a group changed: by how much, and its rows then and now, None where it did not occur."""

    key: str
    size: Decimal
    before: Payload | None
    after: Payload | None


def _changes(after: Payload, before: Payload) -> list[_Change]:
    """Differences by group, the largest first, those in the direction of the whole before the others."""
    now = {one.text("key"): one for one in after.rows("groups")}
    then = {one.text("key"): one for one in before.rows("groups")}
    changes = [
        _Change(key, _amount(now.get(key)) - _amount(then.get(key)), then.get(key), now.get(key))
        for key in dict.fromkeys([*now, *then])
    ]
    rising = after.decimal("total") >= before.decimal("total")
    return sorted((one for one in changes if one.size), key=lambda one: one.size, reverse=rising)


def _amount(group: Payload | None) -> Decimal:
    return group.decimal("amount") if group else Decimal(0)


def _driver(by: str, one: _Change, results: Results, currency: str) -> str:
    if one.before and one.after:
        size = gap(results, one.after, one.before, "amount", currency)
    else:
        size = money(abs(one.size), currency)
    return f"{group_title(by, one.key)}: {size} {'more' if one.size > 0 else 'less'}"
