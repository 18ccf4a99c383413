"""Balances of accounts, and which accounts there are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from agents.models.offline.account_mention import matching_accounts
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, joined, money
from agents.models.offline.results import Call, Payload, Results

LIST_ACCOUNTS: Final = Call("list_accounts", {})
_CUES: Final = re.compile(
    r"\bbalances?\b|\bhow much (?:money |cash |total )*(?:do i have|i have|have i got|is there|is left|is in|"
    r"was (?:there )?in)\b|\bhow much (?:money )?is\b(?! (?:that|it|this)\b)|"
    r"\b(?:what|which|list|show|how many)\b[^?]*\b(?:accounts|banks|bank accounts)\b|\bmoney (?:left|"
    r"in (?:the )?bank)\b|\bin (?:my |the )?bank\b|"
    r"\bdo i have (?:in )?(?:total )?how much\b|"
    r"\bavailable\b|\bwhich (?:\w+ )?account\b[^?]*\b(?:most|highest|least|less|lowest|more)\b|"
    r"\bin (?:my |the )?account (?:is )?how much\b"
)
_ACCOUNT_CUES: Final = re.compile(
    r"\boutstanding\b|\bdues?\b|\bbill\b|\bowed?\b|\bhow much\b.*\b(?:have|got|left|in)\b|\bhow's\b|\bstatus\b"
)
_FLOW: Final = re.compile(
    r"\b(?:spen[dt]\w*|paid|transactions?|received|"
    r"c[oa]me in(?:to)?|credited|earn\w*|income|saved?|withdr\w+|largest|biggest|refunds?)\b"
)
_HOW_MUCH: Final = re.compile(r"\bhow much(?: money| cash)?\s*[?.!]*$")
_HAVE: Final = re.compile(r"\bhow much cash (?:do i have|have i got|is there|is left|is in)\b")
_START: Final = re.compile(r"\b(?:beginning|start) of\b")
_COURSE: Final = re.compile(
    r"\b(?:lowest|highest|minimum|maximum|average|chang\w*|gr[eo]w\w*|fall|fell|drop\w*|rise|rose|trend|history)\b"
)
LIABILITIES: Final = ("credit_card", "loan")


def _recognises(mentions: Mentions) -> bool:
    if _FLOW.search(mentions.rest):
        return False
    if _CUES.search(mentions.text) and not mentions.categories:
        return True
    if mentions.categories == ("cash",) and _HAVE.search(mentions.text):
        return True
    if mentions.account is not None and not mentions.subjects and _HOW_MUCH.search(mentions.rest):
        return True
    return mentions.account is not None and bool(_ACCOUNT_CUES.search(mentions.text)) and not mentions.subjects


def _calls(frame: Frame, _: Results) -> tuple[Call, ...]:
    on = _past_day(frame)
    return (LIST_ACCOUNTS,) if on is None else (LIST_ACCOUNTS, _on(on))


def _past_day(frame: Frame) -> date | None:
    """The last day of a period that is over, or the eve of one whose start is meant."""
    if frame.periods and _START.search(frame.text) and frame.periods[0].start <= frame.today:
        return frame.periods[0].start - timedelta(days=1)
    return frame.periods[0].end if frame.periods and frame.periods[0].end < frame.today else None


def _on(day: date) -> Call:
    return Call("get_net_worth", {"as_of": day.isoformat()})


def _then(frame: Frame, results: Results, on: date, names: set[str]) -> str:
    """What the accounts held at the end of a day."""
    if _COURSE.search(frame.text):
        return "I can tell a balance at the end of a day, not how it moved in between. Name me a day or a month."
    payload = results.of(_on(on))
    rows = [one for one in payload.rows("accounts") if one.text("name") in names]
    if not rows:
        return f"No balance on {day_name(on)} is on record."
    lines = [f"{one.text('name')}: {money(one.decimal('balance'), payload.currency)}" for one in rows]
    return f"At the end of {day_name(on)}:\n\n{bullets(lines)}"


def _answer(frame: Frame, results: Results) -> str:
    payload = results.of(LIST_ACCOUNTS)
    accounts = payload.rows("accounts")
    if not accounts:
        return "There is no account on record yet. Add one with POST /accounts and import its bank export."
    on = _past_day(frame)
    if on is not None:
        meant = matching_accounts(frame.account, accounts) if frame.account else accounts
        names = {one.text("name") for one in meant}
        return _then(frame, results, on, names) if names else no_such_account(frame, accounts)
    if frame.account is None:
        return _all(payload, accounts)
    chosen = matching_accounts(frame.account, accounts)
    if not chosen:
        return no_such_account(frame, accounts)
    if len(chosen) == 1:
        return _one(chosen[0], payload)
    total = results.calculate("sum", *(one.ref("balance") for one in chosen)).decimal("result")
    return f"{listed(chosen)}\n\nTogether: {money(total, payload.currency)}."


def no_such_account(frame: Frame, accounts: list[Payload]) -> str:
    """Says which accounts there are instead."""
    names = joined([one.text("name") for one in accounts])
    said = frame.account.said if frame.account else ""
    return f"No account of yours matches “{said}”. " + (
        f"Your accounts: {names}." if names else "There is none on record yet."
    )


def _currency(account: Payload) -> str:
    return account.text("currency") or "INR"


def _one(account: Payload, payload: Payload) -> str:
    balance, on = account.decimal("balance"), account.day("last_transaction_on") or payload.day("as_of")
    when = f" as of {day_name(on)}" if on else ""
    if account.text("account_type") in LIABILITIES and balance < 0:
        return f"You owe {money(-balance, _currency(account))} on {account.text('name')}{when}."
    return f"The balance of {account.text('name')} is {money(balance, _currency(account))}{when}."


def listed(accounts: list[Payload]) -> str:
    """Each with its balance."""
    return bullets(f"{one.text('name')}: {money(one.decimal('balance'), _currency(one))}" for one in accounts)


def _all(payload: Payload, accounts: list[Payload]) -> str:
    on = payload.day("as_of")
    when = f" as of {day_name(on)}" if on else ""
    total = payload.optional_decimal("total")
    end = f"\n\nIn all: {money(total, payload.currency)}." if total is not None and len(accounts) > 1 else ""
    return f"Your accounts{when}:\n\n{listed(accounts)}{end}"


INTENT: Final = Intent(name="balances", recognises=_recognises, calls=_calls, answer=_answer)
