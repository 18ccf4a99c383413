"""Loans: the instalment of one that is described, what prepaying saves, and the loans on record."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import Final

from agents.models.offline.amounts import AMOUNT
from agents.models.offline.clarification import Missing, which
from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, in_words, money, percent, times
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import ESTIMATE

_LOAN: Final = re.compile(r"\bloans?\b|\bemis?\b|\bmortgage\b")
_PREPAY: Final = re.compile(
    r"\bpre-?pay\w*|\bpart[- ]pay\w*|\bpay (?:off )?(?:extra|early|more)\b|\bforeclos\w*|"
    r"\bpay (?:it )?off early\b|\b(?:close|clear|finish|pay off)\b[^?]*\bloan\b[^?]*\b(?:early|earlier|sooner)\b"
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
    r"\b(?:instal+ments|emis?) (?:\w+ )?(?:left|remaining)\b|\bloan\b[^?]*\binterest\b|"
    r"\binterest\b[^?]*\bloan\b"
)
_SPENT: Final = re.compile(r"\b(?:spen[dt]|did i pay|have i paid|paid|due|last month|this year|next)\b")
_REDUCE_EMI: Final = re.compile(r"\b(?:reduce|lower|smaller) (?:the |my )?emi\b")
_ELIGIBLE: Final = re.compile(
    r"\b(?:how (?:much|big|large)(?: of)?|what|which) (?:a )?(?:\w+ )?loan (?:amount )?(?:can|could|will|do|would) i\b|"
    r"\bmaximum loan\b|\beligib|\bloan\b[^?]*\bwith (?:an? )?emi of\b|\bloan for (?:an? )?emi of\b"
)
_EXTRA_EACH_MONTH: Final = re.compile(
    r"\b(?:a|per|every|each) month\b|\bmonthly\b|\bper (?:year|annum)\b|\b(?:every|each|a) year\b"
)
_INTEREST: Final = re.compile(r"\bloan\b[^?]*\binterest\b|\binterest\b[^?]*\bloan\b")
_ENDS: Final = re.compile(
    r"\b(?:when|how (?:long|soon|many years))\b[^?]*\bloan\b[^?]*\b(?:ends?|over|closed?|finish\w*|paid off|done|left|"
    r"clear(?:ed)?|go on|reached)\b|\bloan\b[^?]*\bwhen\b[^?]*\b(?:ends?|over|finish\w*|closed?|clear|reached)\b"
)
_EITHER_AMOUNT: Final = re.compile(rf"{AMOUNT} (?:or|vs\.?|versus|and) {AMOUNT}")
_LIST: Final = Call("list_loans", {})
_MOST: Final = 6


def _described(mentions: Mentions) -> bool:
    given = mentions.quantities
    return given.rate is not None or (given.amount is not None and given.months is not None)


def _recognises(mentions: Mentions) -> bool:
    text = mentions.text
    if _PREPAY.search(text):
        return True
    if not _LOAN.search(text) or _TAX.search(text):
        return False
    if any(one.search(text) for one in (_ELIGIBLE, _INTEREST, _ENDS)):
        return True
    if mentions.periods or _SPENT.search(text):
        return False
    given = mentions.quantities
    calculated = bool(_EMI.search(text)) and (_described(mentions) or given.amount is not None)
    return calculated or (given.amount is not None and given.rate is not None) or bool(_MINE.search(text))


def _prepaying(frame: Frame) -> bool:
    return bool(_PREPAY.search(frame.text))


def _prepaying_often(frame: Frame) -> bool:
    return _prepaying(frame) and _EXTRA_EACH_MONTH.search(frame.text) is not None


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


def _described_loan(frame: Frame) -> dict[str, object] | None:
    """The terms of a loan that is described beside the prepayment: its amount is the larger of the two."""
    given = frame.quantities
    if len(given.amounts) < 2 or given.rate is None or not given.months:
        return None
    return {
        "principal": plain(max(given.amounts)), "annual_rate_percent": plain(given.rate), "months": given.months,
    }  # fmt: skip


def _chosen(frame: Frame, results: Results) -> Payload | str:
    loans = results.of(_LIST).rows("loans")
    if not loans:
        return (
            "No loan's terms are on record. Tell me the loan with it, for example its amount, its yearly rate and its "
            "years, and I can work it out."
        )
    words = set(re.findall(r"\w+", frame.text)) - {"loan", "my", "the", "bank"}
    named = [
        one for one in loans if words & set(re.findall(r"\w+", f"{one.text('account')} {one.text('purpose')}".lower()))
    ]
    if frame.choice is not None and frame.choice.kind == "loan":
        named = [one for one in loans if one.text("account") in frame.choice.options]
    kept = named or loans
    return kept[0] if len(kept) == 1 else which("loan", [one.text("account") for one in kept])


def _prepayment(frame: Frame, loan: Payload | None) -> Call:
    amount = min(frame.quantities.amounts)
    about = _described_loan(frame) or {"account_id": loan.text("account_id") if loan else ""}
    paid = 1
    if loan is not None:
        paid = max(loan.integer("months") - loan.integer("instalments_left") + 1, 1)
    mode = {"mode": "reduce_emi"} if _REDUCE_EMI.search(frame.text) else {}
    return Call(
        "calculate_prepayment", {**about, "prepayments": [{"after_instalment": paid, "amount": plain(amount)}], **mode}
    )


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    if _missing(frame) or _ELIGIBLE.search(frame.text) or _prepaying_often(frame):
        return ()
    if _calculating(frame):
        return _loans(frame)
    if not _prepaying(frame):
        return (_LIST,)
    if _described_loan(frame):
        return (_prepayment(frame, None),)
    if results.get(_LIST) is None:
        return (_LIST,)
    loan = _chosen(frame, results)
    return (_LIST,) if isinstance(loan, str) else (_LIST, _prepayment(frame, loan))


def _answer(frame: Frame, results: Results) -> str:
    missing = _missing(frame)
    if missing:
        return missing.question
    if _ELIGIBLE.search(frame.text):
        return "I do not know what a bank would lend you. Tell me an amount, a yearly rate and the years for the EMI."
    if _prepaying_often(frame):
        return "I work out what a single prepayment saves, not one that comes again and again. Tell me its amount."
    if _calculating(frame):
        found = [results.of(call) for call in _loans(frame)]
        return _instalment(found[0]) if len(found) == 1 else _alternatives(found)
    if not _prepaying(frame):
        return _on_record(results.of(_LIST))
    loan = None if _described_loan(frame) else _chosen(frame, results)
    return loan if isinstance(loan, str) else _saved(results.of(_prepayment(frame, loan)))


def _alternatives(loans: list[Payload]) -> str:
    lines = [
        f"{_described_terms(one)}: EMI {money(one.decimal('emi'))}, interest "
        f"{money(one.decimal('total_interest'))} in all"
        for one in loans
    ]
    return f"{bullets(lines)}\n\n{ESTIMATE}"


def _described_terms(loan: Payload) -> str:
    return (
        f"{money(loan.decimal('principal'))} at {plain(loan.decimal('annual_rate_percent'))}% over "
        f"{times(loan.integer('months'), 'month')}"
    )


def _instalment(loan: Payload) -> str:
    interest = loan.decimal("total_interest")
    return (
        f"The EMI is {money(loan.decimal('emi'))} for {_described_terms(loan)}. In all you pay "
        f"{money(loan.decimal('total_paid'))}, of which "
        f"{money(interest)}{in_words(interest)} is interest; the effective yearly rate is "
        f"{percent(loan.decimal('effective_annual_rate_percent'))}. {ESTIMATE}"
    )


def _saved(saving: Payload) -> str:
    before, after = saving.day("last_due_on_before"), saving.day("last_due_on_after")
    interest = money(saving.decimal("interest_saved"))
    if saving.decimal("emi_after") != saving.decimal("emi_before"):
        emi = f"{money(saving.decimal('emi_after'))} instead of {money(saving.decimal('emi_before'))}"
        return f"It saves {interest} of interest; the EMI becomes {emi}. {ESTIMATE}"
    ends = f": the last instalment is on {day_name(after)} instead of {day_name(before)}" if before and after else ""
    return f"It saves {interest} of interest and {saving.integer('months_saved')} months{ends}. {ESTIMATE}"


def _on_record(found: Payload) -> str:
    loans = found.rows("loans")
    if not loans:
        return "No loan's terms are on record. Tell me its amount, yearly rate and years to work out the instalment."
    return f"Your loans:\n\n{bullets(map(_line, loans))}" if len(loans) > 1 else f"{_line(loans[0])}."


def _line(one: Payload) -> str:
    due = one.day("next_due_on")
    return (
        f"{one.text('account')}: {money(one.decimal('owed'), one.currency)} owed, EMI "
        f"{money(one.decimal('emi'), one.currency)}{f', next on {day_name(due)}' if due else ''}, "
        f"{one.integer('instalments_left')} instalments left, interest of FY {one.text('financial_year')} "
        f"{money(one.decimal('interest_of_year'), one.currency)}"
    )


INTENT: Final = Intent(name="loans", recognises=_recognises, calls=_calls, answer=_answer, missing=_missing)
