"""What an account held before its first payment on record: asked for, and put right."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from agents.models.offline.about_one import AboutOne
from agents.models.offline.account_mention import matching_accounts
from agents.models.offline.clarification import Missing, which
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.balances import LIABILITIES, LIST_ACCOUNTS, no_such_account
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.mentions import Mentions
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results

_CUES: Final = re.compile(r"\b(?:opening|starting|initial|beginning) balance\b")
_CHANGING: Final = re.compile(r"\b(?:set|change|correct|fix|update|put|make|enter|record|adjust|edit)\b")
_QUESTION: Final = re.compile(r"^(?:how|what|which|when|why|show|tell|did|do|does|is|was)\b")
_MINUS: Final = re.compile(r"(?:^|\s)(?:-|−|minus |negative )\s*(?:₹|rs\.?)?\s*\d")
_OVERPAID: Final = re.compile(r"\b(?:overpaid|in (?:my )?(?:credit|favou?r)|plus)\b|\+\s*(?:₹|rs\.?)?\s*\d")


def _recognises(mentions: Mentions) -> bool:
    return bool(_CUES.search(mentions.text))


def _missing(frame: Frame) -> Missing | None:
    if _is_changing(frame) and _amount(frame) is None:
        return Missing("What did the account hold before its first payment on record?", "to {}")
    return None


def _is_changing(frame: Frame) -> bool:
    if _QUESTION.search(frame.text):
        return False
    return bool(_CHANGING.search(frame.text)) or _amount(frame) is not None


def _amount(frame: Frame) -> Decimal | None:
    """The amount; a bare zero is one here."""
    if frame.quantities.amount is None and re.search(r"\b(?:zero|nil|0)\b", frame.text):
        return Decimal(0)
    return frame.quantities.amount


def _account(frame: Frame, results: Results) -> Payload | str:
    accounts = results.of(LIST_ACCOUNTS).rows("accounts")
    if frame.choice is not None and frame.choice.kind == "account":
        meant = [one for one in accounts if one.text("name") in frame.choice.options]
    else:
        meant = matching_accounts(frame.account, accounts) if frame.account else accounts
        named = [one for one in meant if one.text("name").lower() in frame.text]
        meant = named or meant
    if not meant:
        return no_such_account(frame, accounts)
    return meant[0] if len(meant) == 1 else which("account", [one.text("name") for one in meant])


def _call(frame: Frame, account: Payload) -> Call:
    """On a card or a loan an amount is what was owed, unless it is said to be the other way."""
    amount = _amount(frame) or Decimal(0)
    is_owed = account.text("account_type") in LIABILITIES and not _OVERPAID.search(frame.text)
    signed = -amount if amount and (is_owed or _MINUS.search(frame.text)) else amount
    return Call("set_opening_balance", {"account_id": account.text("account_id"), "opening_balance": plain(signed)})


_ONE: Final = AboutOne(listed=LIST_ACCOUNTS, missing=_missing, choose=_account, call=_call)


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    return _ONE.calls(frame, results) if _is_changing(frame) else (LIST_ACCOUNTS,)


def _told(frame: Frame, results: Results) -> str:
    accounts = results.of(LIST_ACCOUNTS).rows("accounts")
    meant = matching_accounts(frame.account, accounts) if frame.account else accounts
    if not meant:
        return no_such_account(frame, accounts)
    lines = [f"{one.text('name')}: {money(one.decimal('opening_balance'), one.currency)}" for one in meant]
    return f"Before the first payment on record:\n\n{bullets(lines)}"


def _answer(frame: Frame, results: Results) -> str:
    if not _is_changing(frame):
        return _told(frame, results)
    account = _ONE.meant(frame, results)
    if isinstance(account, str):
        return account
    changed = results.of(_call(frame, account))
    return (
        f"Changed. The balance of {changed.text('name')} is now {money(changed.decimal('balance'), changed.currency)}."
    )


INTENT: Final = Intent(name="opening_balance", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
