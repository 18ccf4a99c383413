"""What was agreed for a loan, put on record: amount, rate, months, and the day of the first instalment."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from agents.models.offline.about_one import AboutOne
from agents.models.offline.clarification import Missing, which
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.balances import LIST_ACCOUNTS
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.period_parser import find_periods
from agents.models.offline.periods import Period
from agents.models.offline.rendering import money
from agents.models.offline.results import Call, Payload, Results

_CUES: Final = re.compile(
    r"\b(?:record|save|set|add|enter|note|store|put|update|change)\b[^?]*\bloans?\b(?! (?:emi )?(?:payment|budget))|"
    r"\bloans?\b[^?]*\b(?:terms|details)\b[^?]*\b(?:record|save|set|add|enter|note|store|update)\b|"
    r"^my (?:\w+ )?loan (?:is|was)\b|\bloan (?:record|save|add|note|store|update)\b"
)
_OTHER: Final = re.compile(
    r"\b(?:goal|budget|expense|transaction|tag|category|payment|pre-?pay\w*|emi of|remember|target)\b|^(?:how|"
    r"what|which)\b"
)
_PURPOSES: Final = {
    "home": re.compile(r"\b(?:home|house|housing|flat)\b"),
    "vehicle": re.compile(r"\b(?:car|bike|vehicle|scooter|auto|two[- ]wheeler)\b"),
    "education": re.compile(r"\b(?:education|study|student|college)\b"),
    "personal": re.compile(r"\bpersonal\b"),
}


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    return bool(_CUES.search(text)) and not _OTHER.search(text)


def _missing(frame: Frame) -> Missing | None:
    given = frame.quantities
    if given.amount is None:
        return Missing("How large was the loan at its start?", "of {}")
    if given.rate is None:
        return Missing("At what yearly interest rate, in percent?", "at {} %")
    if not given.months:
        return Missing("Over how many years?", "over {} years")
    if _first_due(frame) is None:
        return Missing("On which day is, or was, the first instalment due?", "first due on {}")
    return None


def _first_due(frame: Frame) -> date | None:
    """The single day that was named, "since" it or on it."""
    found = find_periods(re.sub(r"\b(?:since|from|starting)\b", "on", frame.text), frame.today)
    return next((one.period.start for one in found if isinstance(one.period, Period) and one.period.days == 1), None)


def _purpose(frame: Frame) -> str:
    return next((name for name, pattern in _PURPOSES.items() if pattern.search(frame.text)), "other")


def _account(frame: Frame, results: Results) -> Payload | str:
    """The loan account whose name speaks of the loan, or the only one."""
    rows = [one for one in results.of(LIST_ACCOUNTS).rows("accounts") if one.text("account_type") == "loan"]
    if frame.choice is not None and frame.choice.kind == "loan":
        rows = [one for one in rows if one.text("name") in frame.choice.options]
    words = set(re.findall(r"\w{3,}", frame.text)) - {"loan", "bank", "account", "the"}
    named = [one for one in rows if words & set(re.findall(r"\w{3,}", one.text("name").lower()))] or rows
    if not named:
        return "There is no loan account on record. Open one with POST /accounts first."
    return named[0] if len(named) == 1 else which("loan", [one.text("name") for one in named])


def _call(frame: Frame, account: Payload) -> Call:
    given = frame.quantities
    first = _first_due(frame)
    return Call(
        "set_loan_terms",
        {
            "account_id": account.text("account_id"),
            "principal": plain(given.amounts[0]),
            "annual_rate_percent": plain(given.rates[0]),
            "months": given.months,
            "first_due_on": first.isoformat() if first else "",
            "purpose": _purpose(frame),
        },
    )


_ONE: Final = AboutOne(listed=LIST_ACCOUNTS, missing=_missing, choose=_account, call=_call)


def _answer(frame: Frame, results: Results) -> str:
    account = _ONE.meant(frame, results)
    if isinstance(account, str):
        return account
    loans = results.of(_call(frame, account)).rows("loans")
    kept = next((one for one in loans if one.text("account_id") == account.text("account_id")), None)
    done = f"The terms of {account.text('name')} are on record"
    if kept is None:
        return f"{done}."
    due = kept.day("next_due_on")
    when = f", next due on {day_name(due)}" if due else ""
    return f"{done}: the EMI is {money(kept.decimal('emi'), kept.currency)}{when}."


INTENT: Final = Intent(name="loan_terms", recognises=_recognises, calls=_ONE.calls, answer=_answer, missing=_missing)
