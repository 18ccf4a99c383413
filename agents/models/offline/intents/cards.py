"""What is owed on a credit card, when its bill is due, and what of a card no record holds."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.account_mention import matching_accounts
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.balances import LIST_ACCOUNTS, no_such_account
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, joined, money
from agents.models.offline.results import Call, Payload, Results

_CARD: Final = re.compile(
    r"\bcards?(?:'s)?\b|\bmin(?:imum)? (?:amount |payment )?due\b|\bcredit (?:limit|utili[sz]\w+)\b"
)
_OWED: Final = re.compile(
    r"\bdues?\b|\boutstanding\b|\bow(?:e|ed|ing)\b|\bunpaid\b|\bbills? (?:is )?(?:how much|when|amount|date)\b|"
    r"\b(?:how much|what|when)(?:'s| is| are| was)? (?:my |the |this |next )*(?:\w+ ){0,2}?card(?:'s)? bills?\b|"
    r"\b(?:next|coming|upcoming|current|latest) (?:\w+ ){0,2}?card(?:'s)? bills?\b|"
    r"\bwhen\b[^?]*\bcard\b[^?]*\b(?:pay|bill)\b"
)
_PARTS: Final = {
    "the minimum due": re.compile(r"\bmin(?:imum)?\b[^?]*\b(?:due|pay\w*|amount|bill)\b"),
    "the credit limit": re.compile(r"\blimits?\b|\butili[sz]\w+"),
    "reward points": re.compile(r"\breward|\bpoints\b"),
    "the day of the statement": re.compile(r"\b(?:statement|billing) (?:date|day|cycle)\b|\bgenerat\w+"),
    "the card's interest rate": re.compile(r"\bcard\b[^?]*\b(?:interest|apr)\b|\binterest\b[^?]*\bcard\b"),
}
_OTHER: Final = re.compile(
    r"\bspen[dt]\w*\b|\b(?:did|have|has) (?:i|we)\b[^?]*\bpa(?:y|id)\b|\bpaid (?:my|the|to|in|last|from)\b|\bdebit\b|"
    r"\btransactions?\b|\bcompare|\bhow many\b|\bbudget\b|\bfees?\b|\bcharges?\b"
)
_AHEAD: Final = re.compile(r"\b(?:this|next|coming) (?:month|week)\b")
_DAYS: Final = 45


def _parts(text: str) -> list[str]:
    """What is asked of the card that its statement tells and no record holds."""
    return [name for name, pattern in _PARTS.items() if pattern.search(text)]


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if not _CARD.search(text) or _OTHER.search(text) or mentions.condition or mentions.payees:
        return False
    if mentions.periods and not _AHEAD.search(text):
        return False
    return bool(_parts(text) or _OWED.search(text))


def _bills(frame: Frame) -> Call:
    return Call("get_upcoming_bills", {"from": frame.today.isoformat(), "days": _DAYS})


def _answer(frame: Frame, results: Results) -> str:
    accounts = results.of(LIST_ACCOUNTS).rows("accounts")
    cards = [one for one in accounts if one.text("account_type") == "credit_card"]
    if not cards:
        return "There is no credit card among your accounts."
    meant = matching_accounts(frame.account, cards) if frame.account else cards
    if not meant:
        return no_such_account(frame, accounts)
    bills = [bill for row in results.of(_bills(frame)).rows("days") for bill in row.rows("bills")]
    lines = [f"{_owed(card)}{_due(card, bills)}" for card in meant]
    told = lines[0] if len(lines) == 1 else bullets(lines)
    unknown = _parts(frame.text)
    if not unknown:
        return told
    return f"Your records do not hold {joined(unknown)}: the card's statement or the bank's app tells. {told}"


def _owed(card: Payload) -> str:
    balance, on = card.decimal("balance"), card.day("last_transaction_on")
    owed = money(max(-balance, balance * 0), card.text("currency") or "INR")
    return f"You owe {owed} on {card.text('name')}{f' as of {day_name(on)}' if on else ''}."


def _due(card: Payload, bills: list[Payload]) -> str:
    """When the next bill of the card is due, by the days of the earlier ones."""
    bill = next((one for one in bills if one.text("payee").startswith(card.text("name"))), None)
    on = bill.day("due_on") if bill else None
    return f" Going by earlier ones, its next bill is due about {day_name(on)}." if on else ""


INTENT: Final = Intent(
    name="cards",
    recognises=_recognises,
    calls=lambda frame, _results: (LIST_ACCOUNTS, _bills(frame)),
    answer=_answer,
)
