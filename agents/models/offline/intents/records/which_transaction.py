"""The newest transaction that fits what was said, which most changes are about."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import payee_name

_THE_NEWEST: Final = re.compile(r"\b(?:last|latest|newest|most recent|recent|just now)\b")
_ASKED: Final = Missing("Which payment do you mean? Name whom it was paid to, or say the latest one.", "paid to {}")


def unnamed(frame: Frame, payee: str | None) -> Missing | None:
    """What to ask when nothing tells which transaction is meant: a change of the wrong one is not offered."""
    return None if payee or frame.period or _THE_NEWEST.search(frame.text) else _ASKED


def newest(frame: Frame, payee: str | None = None) -> Call:
    """The search for it: by payee, category and period, as far as they were said."""
    arguments: dict[str, object] = {"sort": "newest", "limit": 1}
    if payee:
        arguments["payee"] = payee
    if frame.period:
        arguments |= {"from": frame.period.start.isoformat(), "to": frame.period.end.isoformat()}
    return Call("search_transactions", arguments)


def row_of(search: Call, results: Results) -> Payload | None:
    """What was found, None before it is looked for and where nothing fits."""
    found = results.get(search)
    rows = found.rows("transactions") if found else []
    return rows[0] if rows else None


def described(row: Payload) -> str:
    """`Swiggy, ₹250.00 on 20 Nov 2026`."""
    on = row.day("date")
    return f"{payee_name(row.text('payee'))}, {money(abs(row.decimal('amount')), row.currency)}" + (
        f" on {day_name(on)}" if on else ""
    )
