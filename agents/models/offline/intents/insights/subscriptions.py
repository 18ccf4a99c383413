"""Subscriptions that may be idle or have become dearer, and what all of them cost."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets, money, percent
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import payee_name

_ABOUT: Final = re.compile(r"\bsubscriptions?\b|\bsubscribed\b|\bott\b|\bmemberships?\b")
_REVIEW: Final = re.compile(
    r"\bunused\b|\bnot us(?:e|ing)\b|\b(?:don't|do not|never|hardly|rarely) use\b|\bforgot|\bcancel\b|\bworth\b|"
    r"\bidle\b|\bsave on\b|"
    r"\bdearer\b|\bprice (?:rise|hike|increase|change)|\b(?:gone|went|go) up\b|\bincreased?\b|\bmore expensive\b|"
    r"\breview\b|\bwast|"
    r"\bcost (?:me )?(?:in |a |per )?(?:total|all|month|year)|\b(?:a|per|each) year\b|\byearly\b|"
    r"\bhow much\b[^?]*\b(?:cost|in total|altogether)\b"
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
    notable = [one for one in rows if one.rows("reasons") or one.optional_decimal("price_change_percent")]
    lines = bullets(_line(one, payload.currency) for one in notable or rows)
    head = "Worth a look, though a statement shows payments and not use:" if notable else "None of them stands out:"
    return f"{cost} {head}\n\n{lines}"


def _line(one: Payload, currency: str) -> str:
    reasons = " ".join(reason.text("text") for reason in one.rows("reasons"))
    risen = one.optional_decimal("price_change_percent")
    change = f", {'up' if risen > 0 else 'down'} {percent(abs(risen))}" if risen else ""
    return (
        f"{payee_name(one.text('payee'))}: {money(one.decimal('amount'), currency)} {one.text('cadence')}{change}"
        f"{f'. {reasons}' if reasons else ''}"
    )


INTENT: Final = Intent(
    name="subscriptions", recognises=_recognises, calls=lambda _frame, _results: (_CALL,), answer=_answer
)
