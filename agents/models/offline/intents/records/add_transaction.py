"""A payment entered by hand: what, how much, when, and in which account."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.about_one import AboutOne
from agents.models.offline.account_mention import matching_accounts
from agents.models.offline.amounts import AMOUNT
from agents.models.offline.clarification import Missing, which
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.balances import LIST_ACCOUNTS
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import capital, category_name, payee_name

_VERB: Final = re.compile(
    r"^(?:please |can you |could you |i want to )?(?:add|record|log|enter|note down|note)\b[^?]*"
    r"\b(?:transaction|expense|payment|purchase|spend|spent|income|paid|entry|cash)\b|"
    rf"^(?:please )?(?:log|record|add|note) {AMOUNT} (?:for|on|at|to)\b|"
    rf"^(?:please )?(?:log|record|note)(?: down)? {AMOUNT} (?=[a-z])|"
    r"^(?:i )?(?:just |have )?(?:paid|spent|gave|got|received) "
    rf"{AMOUNT}(?: (?:in )?cash)? (?:on|for|to|from)\b(?![^?]*\?)|"
    r"^i (?:paid|spent|gave|bought|received|got)\b[^?]*\b(?:note|record|add|log|enter|write|save) (?:it|this|that)\b|"
    r"\b(?:spending|expense|payment|income|transaction) (?:add|record|log|enter|note)\b"
)
_IN: Final = re.compile(r"\bincome\b|\breceived\b|\bcredit\b|\bgot\b|\bsalary\b|\brefund\b")
_GOAL: Final = re.compile(r"\bgoal\b|\bbudget\b|\bcategory\b")


def _recognises(mentions: Mentions) -> bool:
    return bool(_VERB.search(mentions.text)) and not _GOAL.search(mentions.text)


def _missing(frame: Frame) -> Missing | None:
    if frame.quantities.amount is None:
        return Missing("How much was it?", "of {} rupees")
    if not (frame.categories or frame.payees):
        return Missing("What was it for, or whom was it paid to?", "for {}")
    return None


def _account(frame: Frame, results: Results) -> Payload | str:
    listed = results.get(LIST_ACCOUNTS)
    rows = listed.rows("accounts") if listed else []
    if frame.choice is not None and frame.choice.kind == "account":
        rows = [one for one in rows if one.text("name") in frame.choice.options]
    elif frame.account is not None:
        rows = matching_accounts(frame.account, rows)
    if not rows:
        return "No account of yours fits. Please name one of your accounts."
    return rows[0] if len(rows) == 1 else which("account", [one.text("name") for one in rows])


def _call(frame: Frame, account: Payload) -> Call:
    on = frame.periods[0].start if frame.periods and frame.periods[0].days == 1 else frame.today
    amount = frame.quantities.amount
    what = payee_name(frame.payees[0]) if frame.payees else capital(category_name(frame.categories[0]))
    arguments: dict[str, object] = {
        "account_id": account.text("account_id"),
        "date": on.isoformat(),
        "amount": f"{amount:f}" if amount is not None else "",
        "direction": "credit" if _IN.search(frame.text) else "debit",
        "description": what,
    }
    if frame.categories and not (frame.payees and frame.categories == ("cash",)):
        arguments["category"] = frame.categories[0]
    return Call("add_transaction", arguments)


_ONE: Final = AboutOne(listed=LIST_ACCOUNTS, missing=_missing, choose=_account, call=_call)


def _answer(frame: Frame, results: Results) -> str:
    account = _ONE.meant(frame, results)
    if isinstance(account, str):
        return account
    made = results.of(_call(frame, account))
    on, amount = made.day("date"), made.optional_decimal("amount")
    size = f"{money(abs(amount), made.currency)}, " if amount is not None else ""
    return f"Entered in {account.text('name')}: {size}{day_name(on) if on else 'done'}."


INTENT: Final = Intent(
    name="add_transaction", recognises=_recognises, calls=_ONE.calls, answer=_answer, missing=_missing
)
