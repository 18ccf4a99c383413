"""Payments that come back: subscriptions, EMIs, SIPs, rent, and when they fall due."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import cadence_name, category_name, payee_name

_CUES: Final = re.compile(
    r"\brecurring\b|"
    r"\bcomes? back\b|\bagain and again\b|\bauto-?pay|\bstanding instruction|\bmandates?\b|\bupcoming\b|\bdue\b|"
    r"\bregular payments?\b|\brepeat(?:ing|ed) payments?\b|"
    r"\bnext (?:payment|bill|instal+ment)|\bfixed (?:monthly )?(?:payments|expenses|costs|outgoings)\b|"
    r"\bcommitments?\b|\bcoming up\b|\brenew"
)
_LISTING: Final = re.compile(r"\b(?:what|which|list|show|all|any|have|many|active|subscribed|paying)\b")
_SPENT: Final = re.compile(r"\b(?:spend|spent|spending|percent|average|compare|trend|cost me)\b|%")
_NEXT: Final = re.compile(
    r"\bwhen (?:is|are|does|do|will)\b.*\b(?:next|due|renew|payment|debited|charged|deducted)\b|"
    r"\bnext\b.*\b(?:emi|sip|rent|premium)\b"
)


def _recognises(mentions: Mentions) -> bool:
    if mentions.payees and re.search(r"\bif i (?:cancel|stop|drop|end)", mentions.text):
        return True
    if mentions.says(_CUES) or _NEXT.search(mentions.text):
        return (
            not re.search(r"\b(?:card|outstanding)\b.*\bdues?\b|\bdues\b", mentions.text)
            or "recurring" in mentions.text
        )
    subscriptions = "subscriptions" in mentions.categories or re.search(r"\bsubscribed to\b", mentions.text)
    asks_list = bool(_LISTING.search(mentions.text)) and not re.search(r"\bhow much\b", mentions.text)
    return bool(subscriptions) and asks_list and not _SPENT.search(mentions.text) and not mentions.periods


def _call(frame: Frame) -> Call:
    arguments: dict[str, object] = {}
    if len(frame.categories) == 1 and not _generic(frame):
        arguments["category"] = frame.categories[0]
    if frame.payees:
        arguments["payee"] = frame.payees[0]
    return Call("find_recurring_payments", arguments)


def _generic(frame: Frame) -> bool:
    """ "Bills" of all kinds, not those of utilities alone, or the category only describes the payee."""
    return bool(frame.payees) or (frame.categories == ("utilities",) and bool(re.search(r"\bbills?\b", frame.text)))


def _line(payment: Payload, currency: str) -> str:
    due = payment.day("next_due_on")
    return (
        f"{payee_name(payment.text('payee'))} ({category_name(payment.text('category'))}): "
        f"{money(payment.decimal('amount'), currency)} "
        f"{cadence_name(payment.text('cadence'))}{f', next due {day_name(due)}' if due else ''}"
    )


def _due(frame: Frame, payments: list[Payload]) -> list[Payload]:
    """Those due within the period that was asked for, soonest first."""
    chosen = frame.periods[0] if frame.periods else None
    ordered = sorted(payments, key=lambda one: one.text("next_due_on"))
    if chosen is None:
        return ordered
    return [one for one in ordered if (due := one.day("next_due_on")) and chosen.start <= due <= chosen.end]


def _answer(frame: Frame, results: Results) -> str:
    call = _call(frame)
    payload = results.of(call)
    payments = _due(frame, payload.rows("payments"))
    about = f" to {payee_name(frame.payees[0])}" if frame.payees else ""
    kind = f" for {category_name(str(call.arguments['category']))}" if "category" in call.arguments else ""
    if not payments:
        return f"No recurring payment{about}{kind} found{' that falls due then' if frame.periods else ''}."
    if len(payments) == 1:
        return _single(payments[0], payload.currency)
    total = (
        ""
        if frame.periods
        else f"\n\nTogether they come to {money(payload.decimal('monthly_total'), payload.currency)} a month."
    )
    head = "Due in that time" if frame.periods else f"Your recurring payments{about}{kind}"
    return f"{head}:\n\n{bullets(_line(one, payload.currency) for one in payments)}{total}"


def _single(payment: Payload, currency: str) -> str:
    due, last = payment.day("next_due_on"), payment.day("last_paid_on")
    amount = money(payment.decimal("amount"), currency)
    when = f", next due on {day_name(due)}" if due else ""
    paid = f" It was last paid on {day_name(last)}." if last else ""
    return f"{payee_name(payment.text('payee'))} takes {amount} {cadence_name(payment.text('cadence'))}{when}.{paid}"


INTENT: Final = Intent(
    name="recurring", recognises=_recognises, calls=lambda frame, _results: (_call(frame),), answer=_answer
)
