"""Phrases that answers share: how a subject, an account and a payee are named, and notes on what was assumed."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.lexicon import lexicon
from agents.models.offline.period_names import day_name
from agents.models.offline.periods import Period
from agents.models.offline.results import Payload

_WAYS: Final = re.compile(
    r"\b(?:by|via|through|from|using|over|on|in) (upi|neft|imps|rtgs|cheque)\b|"
    r"\b(upi|neft|imps|rtgs|cheque) (?:payments?|transactions?|txns?|transfers?|spend\w*)\b"
)
_CADENCES: Final = {
    "four_weekly": "every 28 days",
    "two_monthly": "every two months",
    "eight_weekly": "every 56 days",
    "twelve_weekly": "every 84 days",
}
ESTIMATE: Final = "An estimate, not advice."


def category_name(category: str) -> str:
    """A category value as a word in a sentence."""
    return lexicon().category_names.get(category, category.replace("_", " "))


def cadence_name(cadence: str) -> str:
    """A cadence as words in a sentence."""
    return _CADENCES.get(cadence, cadence)


def payee_name(payee: str) -> str:
    """A payee of the records in title case; what the person typed with capitals of their own is kept."""
    if not payee.isupper():
        return payee if payee != payee.lower() else " ".join(word.capitalize() for word in payee.split())
    return " ".join(_title(word) for word in payee.split())


def _title(word: str) -> str:
    consonants_only = not any(vowel in word for vowel in "AEIOUY")
    return word if word in lexicon().acronyms or consonants_only or len(word) < 2 else word.capitalize()


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def from_account(frame: Frame) -> str:
    """` from <account>`, or of income ` in <account>`, when the question names one."""
    return f" {'in' if frame.intent == 'income' else 'from'} {frame.account_name}" if frame.account_name else ""


def records_note(payload: Payload, period: Period, today: date) -> str:
    """Says where the records end when the period reaches past it."""
    as_of = payload.day("as_of")
    if as_of and as_of < min(period.end, today):
        return f" Your records go up to {day_name(as_of)}."
    return ""


def assumed_note(frame: Frame, what: str) -> str:
    """Says which period was taken when the question named none."""
    return "" if frame.periods else f" You named no period, so I took {what}."


def way_note(frame: Frame) -> str:
    """Says that the records do not know by which way of paying an amount came or went."""
    way = _WAYS.search(frame.text)
    return (
        f" That is by every way of paying: your records do not tell {(way[1] or way[2]).upper()} apart." if way else ""
    )


def unread_note(frame: Frame) -> str:
    """Says which words were not understood, where they may be what was asked about."""
    if not frame.unread or frame.categories or frame.payees or lexicon().income_part_pattern.search(frame.text):
        return ""
    return f" I do not know what “{' '.join(frame.unread)}” is, so this is about everything."


def narrow_note(frame: Frame) -> str:
    """Says that the records know only the category of a thing that was asked for by a narrower word."""
    part = lexicon().income_part_pattern.search(frame.text)
    if part and frame.intent == "income" and not frame.payees:
        return f" That is all that came in: your records do not tell {part[0]} apart."
    if len(frame.categories) != 1 or frame.payees:
        return ""
    match = lexicon().narrow_pattern.search(frame.text)
    if not match:
        return ""
    category = category_name(frame.categories[0])
    return f" That is all of {category}: your records do not tell {match[0]} apart."
