"""Bills that fall due in the days to come."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from agents.models.offline import periods
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import payee_name

_CUES: Final = re.compile(
    r"\bupcoming\b|\bcoming up\b|\b(?:bills?|payments?|dues|emis?|what)\b[^?]*\b(?:due|overdue|pending|unpaid)\b|"
    r"\b(?:due|overdue) (?:bills?|payments?|this|next|in|soon)\b|\bbills? (?:calendar|to pay|left|pending)\b|"
    r"\bwhat do i have to pay\b|\b(?:pending|unpaid|overdue) (?:payments?|bills?|dues)\b|"
    r"\bany bills\b(?![^?]*\b(?:paid|pay|did|spen[dt])\b)|"
    r"\bwill\b[^?]*\bbills?\b|\bbills?\b[^?]*\bmiss(?:ed)?\b|\bmiss(?:ed)?\b[^?]*\bbills?\b|"
    r"\b(?:payments?|bills?|dues)\b[^?]*\bcoming\b(?! in\b)|"
    r"\bnext (?:few )?(?:bills|payments)\b|\b(?:keep|need|set aside)\b[^?]*\bfor (?:my |the )?bills\b|"
    r"\b(?:next|coming) (?:month|week|fortnight)(?:'s)?\b[^?]*\bbills?\b|"
    r"\bbills?\b[^?]*\b(?:next|coming) (?:month|week|few|\d+)\b"
)
_SINGLE: Final = re.compile(r"\bwhen (?:is|are|does|do|will)\b|\bnext (?:emi|sip|rent|premium)\b|\bcard\b")
# What is left then is a matter of the balance.
AFTER_BILLS: Final = re.compile(r"\bleft\b[^?]*\bafter\b[^?]*\b(?:bills|dues|emis|everything)\b[^?]*\bmonth\b")
_DAYS: Final = 30


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if AFTER_BILLS.search(text):
        return False
    return bool(_CUES.search(text)) and not _SINGLE.search(text) and not mentions.payees and _general(mentions)


def _general(mentions: Mentions) -> bool:
    """Bills of all kinds; one category's next payment is told by its own."""
    return not mentions.categories or mentions.categories == ("utilities",)


def _span(frame: Frame) -> tuple[date, int]:
    """From today, or from the start of the period if that lies ahead, to its end."""
    if not frame.periods:
        return frame.today, _DAYS
    named = frame.periods[0]
    ahead = periods.shift(named, 12) if named.floating and named.end < frame.today else named
    if ahead.end < frame.today:
        return frame.today, _DAYS
    start = max(ahead.start, frame.today)
    return start, min((ahead.end - start).days + 1, 366)


def _call(frame: Frame) -> Call:
    start, days = _span(frame)
    return Call("get_upcoming_bills", {"from": start.isoformat(), "days": days})


def _answer(frame: Frame, results: Results) -> str:
    payload = results.of(_call(frame))
    bills = [
        f"{payee_name(bill.text('payee'))}: {money(bill.decimal('amount'), payload.currency)}"
        f"{' or so' if bill.data.get('is_estimate') else ''}, {_day(bill)}"
        for row in payload.rows("days")
        for bill in row.rows("bills")
    ]
    to = payload.day("to")
    until = f" until {day_name(to)}" if to else ""
    late = [f"{payee_name(one.text('payee'))}, {_day(one)}" for one in payload.rows("earlier")]
    overdue = f"\n\nDue earlier and not on record: {'; '.join(late)}." if late else ""
    if not bills:
        return f"No bill is due{until}.{overdue}"
    return f"Due{until}, {money(payload.decimal('total'), payload.currency)} in all:\n\n{bullets(bills)}{overdue}"


def _day(bill: Payload) -> str:
    on = bill.day("due_on")
    return day_name(on) if on else ""


INTENT: Final = Intent(
    name="bills", recognises=_recognises, calls=lambda frame, _results: (_call(frame),), answer=_answer
)
