"""What the balance will be in the days to come."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.balances import LIST_ACCOUNTS
from agents.models.offline.intents.insights.bills import AFTER_BILLS
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import money
from agents.models.offline.results import Call, Results
from agents.models.offline.wording import ESTIMATE

_BALANCE: Final = r"(?:balances?|money|cash|bank accounts?|account|paise|funds)"
_CUES: Final = re.compile(
    rf"\b(?:forecast|predict\w*|project(?:ed|ion)?|estimate)\b[^?]*\b{_BALANCE}\b|"
    rf"\b{_BALANCE}\b[^?]*\b(?:forecast|predict\w*|projection)\b|"
    rf"\b(?:will|would|going to)\b[^?]*\b(?:{_BALANCE})\b[^?]*\b(?:be|last|left|have|zero|run out|next|end|month|"
    rf"days|weeks)\b|"
    rf"\bhow much (?:{_BALANCE} )?(?:will|would) (?:i|my|be)\b[^?]*\b(?:have|left|balance|be)\b|\brun (?:out of|"
    rf"short of|low on) (?:money|cash)\b|"
    r"\b(?:go|going|fall) (?:below zero|negative|into overdraft)\b|\b(?:balance|cash flow) forecast\b|"
    r"\bbalances? (?:how much )?(?:next|in \d+|in the next)\b|\bnext (?:month|\d+ days|\d+ months)\b[^?]*\bbalance\b"
)
_OTHER: Final = re.compile(
    r"\b(?:goal|retire\w*|corpus|loan|emi|invest\w*|portfolio|afford|fund\b|bills?|net worth|tax|weather|rain)\b"
)
_DAYS: Final = re.compile(r"\b(\d{1,3}) (day|week)s?\b")
_DEFAULT_DAYS: Final = 30
_MOST_DAYS: Final = 180


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if AFTER_BILLS.search(text):
        return True
    return bool(_CUES.search(text)) and not _OTHER.search(text)


def _until(frame: Frame) -> date:
    """The last day of the period that lies ahead, or so many months from today; 30 days where nothing was said."""
    ahead = [one.end for one in frame.periods if one.end > frame.today]
    if not ahead and frame.quantities.deadline is not None:
        return frame.quantities.deadline
    if (said := _DAYS.search(frame.text)) is not None and not ahead:
        return frame.today + timedelta(days=int(said[1]) * (7 if said[2] == "week" else 1))
    months = frame.quantities.months or 1
    return max(ahead) if ahead else frame.today + timedelta(days=months * _DEFAULT_DAYS)


def _call(frame: Frame, results: Results) -> Call:
    """A forecast counts its days from the newest record of the accounts, which may be some days old."""
    accounts = results.of(LIST_ACCOUNTS).rows("accounts")
    chosen = [one for one in accounts if frame.account_id in (None, one.text("account_id"))]
    newest = max((on for one in chosen if (on := one.day("last_transaction_on"))), default=frame.today)
    about = {"account_id": frame.account_id} if frame.account_id else {}
    return Call("forecast_balances", {"days": min(max((_until(frame) - newest).days, 1), _MOST_DAYS), **about})


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    return (LIST_ACCOUNTS,) if results.get(LIST_ACCOUNTS) is None else (LIST_ACCOUNTS, _call(frame, results))


def _answer(frame: Frame, results: Results) -> str:
    found = results.of(_call(frame, results))
    currency, end, low_on = found.currency, found.day("to"), found.day("lowest_on")
    on = f" on {day_name(end)}" if end else ""
    least = f" The lowest is {money(found.decimal('lowest'), currency)}{f' on {day_name(low_on)}' if low_on else ''}."
    below = found.day("may_fall_below_zero_on")
    warning = f" It may become negative from {day_name(below)} on." if below else ""
    rest = "" if found.data.get("is_calibrated") else " Your records are too short to say how sure that is."
    return (
        f"From {money(found.decimal('balance'), currency)} the balance is expected to be "
        f"{money(found.decimal('expected'), currency)}{on}, likely between {money(found.decimal('low'), currency)} and "
        f"{money(found.decimal('high'), currency)}.{least}{warning}{rest} {ESTIMATE}"
    )


INTENT: Final = Intent(
    name="balance_outlook",
    recognises=_recognises,
    calls=_calls,
    answer=_answer,
    by_account=True,
)
