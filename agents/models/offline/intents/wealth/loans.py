"""Loans: the instalment of one that is described, what prepaying saves, and the loans on record."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import Final

from agents.models.offline.amounts import AMOUNT
from agents.models.offline.clarification import Missing
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.intents.wealth.loan_answers import alternatives, instalment, on_record, saved
from agents.models.offline.intents.wealth.prepayments import (
    INTEREST,
    LIST_LOANS,
    OR_INVEST,
    PREPAY,
    chosen_loan,
    comes_again,
    described_loan,
    prepayment,
)
from agents.models.offline.mentions import Mentions
from agents.models.offline.results import Call, Results

_LOAN: Final = re.compile(r"\bloans?\b|\bemis?\b|\bmortgage\b")
# What closing it takes is what is owed, and how long it still runs stands beside that.
_CLOSING: Final = re.compile(
    r"\b(?:close|foreclose|settle|clear)\b[^?]*\bloan\b[^?]*\b(?:how much|need|amount|required)\b|"
    r"\bhow much\b[^?]*\b(?:close|foreclose|settle|clear)\b[^?]*\bloan\b|"
    r"\bloan end how long\b|"
    r"\bloan\b[^?]*\brepaid\b|\brepaid\b[^?]*\bloan\b|\bloan (?:statement|status|details?|summary)\b|"
    r"\bhow (?:long|many (?:years|months))\b[^?]*\bemis?\b(?![^?]*\bpaid\b)"
)
_TAX: Final = re.compile(r"\bregimes?\b|\b80 ?-?c\b|\bdeductions?\b")
_EMI: Final = re.compile(
    r"\bemi\b|\binstal+ments?\b|\binterest\b|\bcost\b|\bloan (?:of|for)\b|\bcalculate\b|"
    r"\btake\b|\bhow much\b"
)
_MINE: Final = re.compile(
    r"\bmy (?:\w+ )?loans?\b|\bloans? (?:do i have|i have|left|outstanding|balance)\b|\b(?:list|"
    r"show) (?:\w+ )?loans?\b|\bwhat loans\b|"
    r"\bdo (?:i|we) have (?:any |a |some )?(?:\w+ )?loans?\b|"
    r"\b(?:instal+ments|emis?) (?:\w+ )?(?:left|remaining)\b|"
    r"\bloan (?:how much )?(?:is )?(?:left|remaining|pending|owed)\b|"
    r"\b(?:how much|what)\b[^?]*\b(?:left|remaining|pending|owe)\b[^?]*\bloan\b"
)
_SPENT: Final = re.compile(r"\b(?:spen[dt]|did i pay|have i paid|paid|due|last month|this year|next)\b")
_ELIGIBLE: Final = re.compile(
    r"\b(?:how (?:much|big|large)(?: of)?|what|which) (?:a )?(?:\w+ )?loan (?:amount )?(?:can|could|will|do|would) i\b|"
    r"\bmaximum loan\b|\beligib|\bloan\b[^?]*\bwith (?:an? )?emi of\b|\bloan for (?:an? )?emi of\b"
)
_ENDS: Final = re.compile(
    r"\b(?:when|how (?:long|soon|many years))\b[^?]*\bloan\b[^?]*\b(?:ends?|over|closed?|finish\w*|paid off|done|left|"
    r"clear(?:ed)?|go on|reached)\b|\bloan\b[^?]*\bwhen\b[^?]*\b(?:ends?|over|finish\w*|closed?|clear|reached)\b"
)
_EITHER_AMOUNT: Final = re.compile(rf"{AMOUNT} (?:or|vs\.?|versus|and) {AMOUNT}")
_MOST: Final = 6


def _described(mentions: Mentions) -> bool:
    given = mentions.quantities
    return given.rate is not None or (given.amount is not None and given.months is not None)


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if OR_INVEST.search(text):
        return False
    if _CLOSING.search(text):
        return True
    if PREPAY.search(text):
        return True
    if not _LOAN.search(text) or _TAX.search(text):
        return False
    if any(one.search(text) for one in (_ELIGIBLE, INTEREST, _ENDS)):
        return True
    if mentions.periods or _SPENT.search(text):
        return False
    given = mentions.quantities
    calculated = bool(_EMI.search(text)) and (_described(mentions) or given.amount is not None)
    return calculated or (given.amount is not None and given.rate is not None) or bool(_MINE.search(text))


def _prepaying(frame: Frame) -> bool:
    return not _CLOSING.search(frame.text) and bool(PREPAY.search(frame.text))


def _calculating(frame: Frame) -> bool:
    given = frame.quantities
    return not _prepaying(frame) and (given.amount is not None or given.rate is not None)


def _missing(frame: Frame) -> Missing | None:
    given = frame.quantities
    if _prepaying(frame):
        return Missing("How much do you want to prepay?", "of {}") if given.amount is None else None
    if not _calculating(frame) or _ELIGIBLE.search(frame.text):
        return None
    if given.amount is None:
        return Missing("How large is the loan?", "of {}")
    if given.rate is None:
        return Missing("At what yearly interest rate, in percent?", "at {} %")
    return Missing("Over how many years?", "over {} years") if given.months is None else None


def _loans(frame: Frame) -> tuple[Call, ...]:
    """The loan, or each of those to choose from: "for 15 and 20 years", "at 8% or 9%", "30 or 40 lakh"."""
    given = frame.quantities
    amounts = given.amounts if _EITHER_AMOUNT.search(frame.text) else given.amounts[:1]
    return tuple(
        Call("calculate_loan", {"principal": plain(amount), "annual_rate_percent": plain(rate), "months": months})
        for amount, rate, months in islice(product(amounts, given.rates, given.spans), _MOST)
    )


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame) or _ELIGIBLE.search(frame.text):
        return ()
    if _calculating(frame):
        return _loans(frame)
    if not _prepaying(frame):
        return (LIST_LOANS,)
    if described_loan(frame):
        return (prepayment(frame, None),)
    if results.get(LIST_LOANS) is None:
        return (LIST_LOANS,)
    loan = chosen_loan(frame, results)
    return (LIST_LOANS,) if isinstance(loan, str) else (LIST_LOANS, prepayment(frame, loan))


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    if _ELIGIBLE.search(frame.text):
        return "I do not know what a bank would lend you. Tell me an amount, a yearly rate and the years for the EMI."
    if _calculating(frame):
        found = [results.of(call) for call in _loans(frame)]
        return instalment(found[0]) if len(found) == 1 else alternatives(found)
    if not _prepaying(frame):
        return on_record(results.of(LIST_LOANS))
    loan = None if described_loan(frame) else chosen_loan(frame, results)
    return loan if isinstance(loan, str) else saved(results.of(prepayment(frame, loan)), often=comes_again(frame))


INTENT: Final = Intent(name="loans", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
