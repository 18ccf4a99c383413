"""A purchase, sale, SIP instalment or dividend put on record."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.about_one import AboutOne
from agents.models.offline.amounts import AMOUNT, parse_amount
from agents.models.offline.clarification import Missing, which
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.balances import LIST_ACCOUNTS
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.results import Call, Payload, Results

_DID: Final = re.compile(
    r"^(?:i |we |please |can you |also |today |yesterday )*(?:have )?(?:just )?(?:bought|sold|purchased|"
    r"redeemed)\b|\b(?:bought|sold)\s*(?:today|yesterday)?[.!]?$"
)
_RECORD: Final = re.compile(r"\b(?:record|log|enter|note|save|add)\b")
_WHAT: Final = re.compile(r"\b(?:shares?|stocks?|units?|mutual fund|fund|sip|etf|dividend|nav)\b")
_ROW: Final = re.compile(
    r"\b(?:bought|buy|purchased?|sold|sale|sell|redeem\w*|sip|dividend|investment|\d+ (?:shares?|units?))\b"
)
_QUESTION: Final = re.compile(
    r"^(?:how|what|which|when|why|did|do|does|is|are|show|list|should|can i)\b|\?$|\bgoal\b|\bbudget\b"
)
_COUNT: Final = re.compile(
    r"(?<![\w.,])(?P<count>\d[\d,]*(?:\.\d+)?) (?:\w+ )?(?:shares?|units?|stocks?|quantity|qty)\b|\b(?:shares?|"
    r"units?|quantity|qty)(?: of|:)? (?P<after>\d[\d,]*(?:\.\d+)?)(?![\w,])"
)
_PRICE: Final = re.compile(
    rf"(?:\b(?:at|@|nav(?: of| was| is)?|price(?: of)?|rate(?: of)?)\s*|@\s*)(?:nav |a price |the price |"
    rf"price )*(?:of )?(?P<price>{AMOUNT})|(?<=shares )(?P<bare>{AMOUNT})(?= (?:bought|sold))|"
    rf"(?<=units )(?P<plain>{AMOUNT})(?= (?:bought|sold))|(?P<each>{AMOUNT})\s*(?:each|per (?:share|unit)|"
    rf"a (?:share|unit))"
)
_TOTAL: Final = re.compile(
    rf"\b(?:for|of|worth|amount|total)\s+(?P<total>{AMOUNT})(?!\s*(?:shares?|units?|each|per))|"
    rf"(?P<sip>{AMOUNT}) (?:\w+ )?(?:sip|dividend)"
)
_NAME_END: Final = (
    r"(?=\s+(?:at|for|on|@|in my|from my|worth|bought|sold|sip|nav|shares?|units?|today|yesterday|of rs|of ₹|"
    r"price|rate|to|into|i|please|how|record|add)\b|\s*[@,.!?₹\d]|\s*$)"
)
_NAME: Final = re.compile(
    rf"\b(?:shares?|units?|stocks?|sip|dividend|etf)\s+(?:of|in|from|into)\s+(?!₹|rs\b|"
    rf"\d)(?P<of>[A-Za-z][\w&.' -]*?){_NAME_END}|"
    rf"\b(?:of|in|into|from)\s+(?!my\b|the\b|₹|rs\b|\d)(?P<in>[A-Za-z][\w&.' -]*?){_NAME_END}|"
    rf"^(?:record |i |we )*(?P<lead>(?!bought|sold|purchased|redeemed)[A-Za-z][\w&' ]*?)\s+\d[\d,.]* (?:shares?|"
    rf"units?)\b|"
    rf"\b\d[\d,.]*\s+(?!shares?\b|units?\b|stocks?\b)(?P<named>[A-Za-z][\w&' ]*?)\s+(?:shares?|units?|stocks?)\b",
    re.IGNORECASE,
)
_FUND: Final = re.compile(r"\b(?:units?|nav|fund|sip|folio|mutual)\b")
_TYPES: Final = (
    ("dividend", re.compile(r"\bdividend\b")),
    ("sell", re.compile(r"\b(?:sold|sell|sale|redeem\w*)\b")),
    ("sip", re.compile(r"\bsip\b")),
)
_HOLDS: Final = {"mutual_fund": ("mutual_fund",), "stock": ("stocks",), "etf": ("stocks", "mutual_fund")}


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if _QUESTION.search(text) or not _WHAT.search(text):
        return False
    return bool(_DID.search(text)) or bool(_RECORD.search(text) and _ROW.search(text))


def _kind(frame: Frame) -> str:
    if re.search(r"\betf\b", frame.text):
        return "etf"
    return "mutual_fund" if _FUND.search(frame.text) else "stock"


def _type(frame: Frame) -> str:
    return next((name for name, pattern in _TYPES if pattern.search(frame.text)), "buy")


def _name(frame: Frame) -> str:
    match = _NAME.search(frame.cased)
    found = next((name for name in match.groups() if name), "") if match else ""
    return found.strip(" .'") or (frame.payees[0] if frame.payees else "")


def _figures(frame: Frame) -> dict[str, str]:
    """Units, price and amount as far as they were said."""
    text = frame.text
    units, price, total = _COUNT.search(text), _PRICE.search(text), _TOTAL.search(text)
    found = {
        "units": parse_amount(units["count"] or units["after"]) if units else None,
        "price": parse_amount(next(one for one in price.groups() if one)) if price else None,
        "amount": parse_amount(total["total"] or total["sip"]) if total else None,
    }
    return {name: plain(value) for name, value in found.items() if value is not None}


def _missing(frame: Frame) -> Missing | None:
    if not _name(frame):
        return Missing("Of which fund or share?", "of {}")
    figures = _figures(frame)
    if _type(frame) == "dividend":
        return None if "amount" in figures else Missing("How much was the dividend?", "for {} rupees")
    if len(figures) >= 2:
        return None
    if "units" in figures:
        return Missing("At what price for each?", "at {}")
    return (
        Missing("At what price or NAV for each?", "at {}")
        if figures.get("amount")
        else Missing("How many units or shares?", "{} units")
    )


def _account(frame: Frame, results: Results) -> Payload | str:
    rows = [
        one for one in results.of(LIST_ACCOUNTS).rows("accounts") if one.text("account_type") in _HOLDS[_kind(frame)]
    ]
    if frame.choice is not None and frame.choice.kind == "account":
        rows = [one for one in rows if one.text("name") in frame.choice.options]
    if not rows:
        return "There is no account for such investments on record. Open one with POST /accounts first."
    return rows[0] if len(rows) == 1 else which("account", [one.text("name") for one in rows])


def _call(frame: Frame, account: Payload) -> Call:
    on = frame.periods[0].start if frame.periods and frame.periods[0].days == 1 else frame.today
    about: dict[str, object] = {"account_id": account.text("account_id"), "kind": _kind(frame), "name": _name(frame)}
    return Call(
        "record_investment_transaction", {**about, "type": _type(frame), "traded_on": on.isoformat(), **_figures(frame)}
    )


_ONE: Final = AboutOne(listed=LIST_ACCOUNTS, missing=_missing, choose=_account, call=_call)


def _answer(frame: Frame, results: Results) -> str:
    account = _ONE.meant(frame, results)
    if isinstance(account, str):
        return account
    on = frame.periods[0].start if frame.periods and frame.periods[0].days == 1 else frame.today
    return f"Recorded in {account.text('name')}: {_type(frame)} of {_name(frame)} on {day_name(on)}."


INTENT: Final = Intent(name="record_trade", recognises=_recognises, calls=_ONE.calls, answer=_answer, missing=_missing)
