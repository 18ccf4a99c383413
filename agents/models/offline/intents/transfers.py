"""Money moved between the person's own accounts, and payments of card bills: neither spending nor income."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline import periods
from agents.models.offline.account_mention import matching_accounts
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.balances import LIST_ACCOUNTS
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name, period_name
from agents.models.offline.periods import Period
from agents.models.offline.rendering import bullets, money, times
from agents.models.offline.results import Call, Payload, Results

_CARD: Final = re.compile(
    r"\b(?:credit )?card(?:'s)? (?:bills?|payments?|dues)\b|\bpa(?:id|y|"
    r"ying) (?:off |to |towards |for )?(?:my |the )?(?:\w+ )?(?:credit )?card\b"
)
_OWN: Final = re.compile(
    r"\b(?:transfer\w*|mov(?:e|ed)|sent)\b[^?]*\b(?:between|among|across|to) (?:my |our )?(?:own )?(?:accounts|"
    r"account|self|savings)\b|"
    r"\b(?:self|own account|internal) transfers?\b|\btransfers? (?:between|among)\b"
)
_OWED: Final = re.compile(
    r"\bowe\b|\bdues\b|\boutstanding\b|\bdue\b|\bbalance\b|\bupcoming\b|"
    r"\bhow much is (?:my|the)\b|\bwhen (?:do|is|must|should|to)\b|\bwhen\W*$"
)
_OUT_OF: Final = re.compile(r"\bfrom (?:my |the )?\w+")
_MONTHS: Final = 3


def _recognises(mentions: Mentions) -> bool:
    card = bool(_CARD.search(mentions.text)) and not re.search(r"\bupcoming\b|\bnext\b", mentions.text)
    plain = mentions.categories == ("transfer",) and not mentions.payees
    return card or bool(_OWN.search(mentions.text)) or (plain and not _OWED.search(mentions.text))


def _period(frame: Frame) -> Period:
    if frame.period:
        return frame.period
    return Period(periods.month_of(frame.today, 1 - _MONTHS).start, frame.today)


def _search(frame: Frame, **more: object) -> Call:
    period = _period(frame)
    arguments = {"from": period.start.isoformat(), "to": period.end.isoformat(), "category": "transfer", "limit": 5}
    return Call("search_transactions", {**arguments, **more})


def _about_card(frame: Frame) -> bool:
    return bool(_CARD.search(frame.text))


def _cards(results: Results) -> list[Payload]:
    accounts = results.get(LIST_ACCOUNTS)
    rows = accounts.rows("accounts") if accounts else []
    return [one for one in rows if one.text("account_type") == "credit_card"]


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if not _about_card(frame):
        if frame.account is None:
            return (_moved(frame, results),)
        return (LIST_ACCOUNTS, *((_moved(frame, results),) if results.get(LIST_ACCOUNTS) else ()))
    return (LIST_ACCOUNTS, *(_paid(frame, card) for card in _cards(results)))


def _moved(frame: Frame, results: Results) -> Call:
    """Transfers: all, or those into or out of the account that is named."""
    listed = results.get(LIST_ACCOUNTS)
    named = matching_accounts(frame.account, listed.rows("accounts")) if frame.account and listed else []
    if len(named) != 1:
        return _search(frame, direction="debit")
    side = "debit" if _OUT_OF.search(frame.text) else "credit"
    return _search(frame, direction=side, account_id=named[0].text("account_id"))


def _paid(frame: Frame, card: Payload) -> Call:
    return _search(frame, direction="credit", account_id=card.text("account_id"))


def _answer(frame: Frame, results: Results) -> str:
    when = period_name(_period(frame), frame.today)
    assumed = "" if frame.periods else " You named no period, so I took this month and those just before it."
    if not _about_card(frame):
        call = _moved(frame, results)
        payload = results.of(call)
        into = call.arguments.get("direction") == "credit"
        whose = f"{'into' if into else 'out of'} that account" if "account_id" in call.arguments else ""
        if whose and payload.integer("count"):
            total = money(payload.decimal("total_credit" if into else "total_debit"), payload.currency)
            return f"You moved {total} {whose} {when}, in {times(payload.integer('count'), 'transfer')}.{assumed}"
        if not payload.integer("count"):
            return f"No transfer between your own accounts {when} found.{assumed}"
        total = money(payload.decimal("total_debit"), payload.currency)
        moves = times(payload.integer("count"), "transfer")
        return f"You moved {total} between your own accounts {when}, card bills included, in {moves}.{assumed}"
    cards = _cards(results)
    if not cards:
        return "There is no credit card among your accounts."
    lines = [_line(frame, card, results.of(_paid(frame, card)), when) for card in cards]
    return (f"{lines[0]}{assumed}" if len(lines) == 1 else f"{bullets(lines)}\n\n{assumed.strip()}").rstrip()


def _line(frame: Frame, card: Payload, payload: Payload, when: str) -> str:
    rows = payload.rows("transactions")
    if not rows:
        return f"No payment of the {card.text('name')} bill {when} found."
    last, on = rows[0], rows[0].day("date")
    total = money(payload.decimal("total_credit"), payload.currency)
    latest = f"{money(abs(last.decimal('amount')), payload.currency)}{f' on {day_name(on)}' if on else ''}"
    count = times(payload.integer("count"), "payment")
    return f"You paid {total} towards {card.text('name')} {when}, in {count}; the latest was {latest}."


INTENT: Final = Intent(name="transfers", recognises=_recognises, calls=_calls, answer=_answer)
