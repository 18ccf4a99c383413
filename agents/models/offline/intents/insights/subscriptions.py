"""Subscriptions that may be idle or have become dearer, and what all of them cost."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets, money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import cadence_name, payee_name

_ABOUT: Final = re.compile(r"\bsubscriptions?\b|\bsubscribed\b|\bott\b|\bmemberships?\b")
_REVIEW: Final = re.compile(
    r"\bunused\b|\bnot us(?:e|ing)\b|\b(?:don't|do not|never|hardly|rarely) use\b|\bforgot|\bcancel\b|\bworth\b|"
    r"\bidle\b|\bsave on\b|\b(?:cheapest|costliest|most expensive|dearest|biggest|smallest)\b|"
    r"\bdearer\b|\bprice (?:rise|hike|increase|change)|\b(?:gone|went|go) up\b|\bincreased?\b|\bmore expensive\b|"
    r"\breview\b|\bwast|"
    r"\bcost (?:me )?(?:in |a |per )?(?:total|all|month|year)|\b(?:a|per|each) year\b|\byearly\b|"
    r"\bhow much\b[^?]*\b(?:cost|in total|altogether)\b"
)
_DEARER: Final = re.compile(r"\bdearer\b|\bprice|\b(?:gone|went|go) up\b|\bincreas|\bmore expensive\b|\bhike")
_IDLE: Final = re.compile(
    r"\bunused\b|\bus(?:e|ing)\b|\bforgot|\bcancel\b|\bidle\b|\bwast|\bworth\b|\breview\b|"
    r"\bsave\b"
)
_CALL: Final = Call("review_subscriptions", {})


def _recognises(mentions: Mentions) -> bool:
    return bool(_ABOUT.search(mentions.text)) and bool(_REVIEW.search(mentions.text)) and not mentions.periods


def _answer(frame: Frame, results: Results) -> str:
    payload = results.of(_CALL)
    rows = payload.rows("subscriptions")
    if not rows:
        return "No running subscription found."
    cost = (
        f"Your subscriptions cost {money(payload.decimal('monthly_total'), payload.currency)} a month, "
        f"{money(payload.decimal('yearly_total'), payload.currency)} a year."
    )
    if _DEARER.search(frame.text):
        risen = [one for one in rows if (one.optional_decimal("price_change_percent") or 0) > 0]
        if not risen:
            return f"None of your subscriptions became dearer. {cost}"
        return f"These became dearer:\n\n{bullets(_line(one, payload.currency) for one in risen)}"
    idle = [one for one in rows if any(reason.data.get("suggests_unused") for reason in one.rows("reasons"))]
    if _IDLE.search(frame.text):
        if not idle:
            return f"{cost} Nothing suggests that one of them is unused, but a statement shows payments and not use."
        lines = bullets(_line(one, payload.currency) for one in idle)
        return f"{cost} These may be unused, though a statement shows payments and not use:\n\n{lines}"
    return f"{cost}\n\n{bullets(_line(one, payload.currency) for one in rows)}"


def _line(one: Payload, currency: str) -> str:
    risen = one.optional_decimal("price_change_percent")
    change = f", {'up' if risen > 0 else 'down'} {percent(abs(risen))}" if risen else ""
    amount, cadence = money(one.decimal("amount"), currency), cadence_name(one.text("cadence"))
    return f"{payee_name(one.text('payee'))}: {amount} {cadence}{change}"


INTENT: Final = Intent(
    name="subscriptions", recognises=_recognises, calls=lambda _frame, _results: (_CALL,), answer=_answer
)
