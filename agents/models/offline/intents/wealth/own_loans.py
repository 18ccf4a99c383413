"""The person's own loans: the EMIs that run, the interest so far, and what if the rate moves."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from agents.models.offline.frame import Frame
from agents.models.offline.intent import Intent
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.intents.wealth.prepayments import INTEREST, LIST_LOANS, chosen_loan
from agents.models.offline.mentions import Mentions
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, money
from agents.models.offline.results import Call, Payload, Results
from agents.models.offline.wording import ESTIMATE, cadence_name, payee_name

_EMIS: Final = re.compile(
    r"^(?:so |what(?:'s| is| are) |how much (?:is |are )?|show |list |my |all |total |the |current |monthly )*"
    r"emis?(?: how much| is| are| amount| total| monthly| a month)*\W*$|"
    r"^(?:my |the )*emis? when\b(?! paid)[^?]*\W*$|"
    r"^(?!.*\b(?:last|paid|pay)\b).*\bloan emis?\b.*\b(?:next|when|due)\b|"
    r"^(?!.*\b(?:last|paid|pay)\b).*\b(?:next|when)\b.*\bloan emis?\b"
)
_FALLS: Final = r"(?:fall\w*|fell|drop\w*|decreas\w*|cut|reduc\w*|down)"
_MOVES: Final = re.compile(
    r"\brates? (?:(?:on|of|for) (?:\w+ ){1,3})?(?:\S+ )?"
    rf"(?:go(?:es)?|ris\w+|rose|increas\w*|hiked?|up|becom\w*|{_FALLS})\b"
)
_OTHER_RATE: Final = re.compile(r"\b(?:fds?|rds?|deposits?|savings?|exchange|inflation|tax) (?:interest )?rates?\b")
_DOWN: Final = re.compile(rf"\b{_FALLS}\b")
# The new rate, and not by how much it moves.
_TO: Final = re.compile(r"\b(?:to|becom\w*) \d")
_SO_FAR: Final = re.compile(r"\b(?:so far|till now|until now|to date|till date|already)\b")
_RUNNING: Final = Call("find_recurring_payments", {"category": "loan_emi"})


def _kind(text: str) -> str | None:
    if _EMIS.search(text) and len(text.split()) > 1:
        return "emis"
    if _MOVES.search(text) and not _OTHER_RATE.search(text):
        return "rate"
    return "interest" if INTEREST.search(text) and _SO_FAR.search(text) else None


def _recognises(mentions: Mentions) -> bool:
    kind, given = _kind(mentions.text), mentions.quantities
    if kind == "rate":
        return given.rate is not None and given.amount is None
    return kind is not None and given.amount is None and (kind == "interest" or not mentions.periods)


def _calls(frame: Frame, results: Results) -> tuple[Call, ...]:
    kind = _kind(frame.text)
    if kind == "emis":
        return (LIST_LOANS, _RUNNING)
    if results.get(LIST_LOANS) is None:
        return (LIST_LOANS,)
    loan = chosen_loan(frame, results)
    return (LIST_LOANS,) if isinstance(loan, str) else (LIST_LOANS, _worked_out(frame, loan))


def _worked_out(frame: Frame, loan: Payload) -> Call:
    """The loan as it was agreed, or what is left of it at another rate."""
    if _kind(frame.text) == "interest":
        return Call("calculate_loan", {"account_id": loan.text("account_id")})
    left = {"principal": plain(loan.decimal("owed")), "months": loan.integer("instalments_left")}
    return Call("calculate_loan", {**left, "annual_rate_percent": plain(_new_rate(frame, loan))})


def _new_rate(frame: Frame, loan: Payload) -> Decimal:
    said = frame.quantities.rates[-1]
    if _TO.search(frame.text):
        return said
    now = loan.decimal("annual_rate_percent")
    return max(now - said, Decimal(0)) if _DOWN.search(frame.text) else now + said


def _answer(frame: Frame, results: Results) -> str:
    match _kind(frame.text):
        case "emis":
            return _emis(results)
        case kind:
            loan = chosen_loan(frame, results)
            if isinstance(loan, str):
                return loan
            found = results.of(_worked_out(frame, loan))
            return _interest(loan, found, results) if kind == "interest" else _moved(loan, found)


def _emis(results: Results) -> str:
    loans, running = results.of(LIST_LOANS).rows("loans"), results.of(_RUNNING)
    lines = [
        f"{one.text('account')}, by its terms: {money(one.decimal('emi'), one.currency)} a month{_next(one)}"
        for one in loans
    ]
    lines += [
        f"{payee_name(one.text('payee'))}, by your statements: {money(one.decimal('amount'), running.currency)} "
        f"{cadence_name(one.text('cadence'))}{_next(one)}"
        for one in running.rows("payments")
    ]
    return (
        f"Your EMIs:\n\n{bullets(lines)}" if lines else "No EMI is found in your statements, and no loan is on record."
    )


def _next(one: Payload) -> str:
    on = one.day("next_due_on")
    return f", next on {day_name(on)}" if on else ""


def _interest(loan: Payload, found: Payload, results: Results) -> str:
    ending = loan.text("financial_year")
    years = [one for one in found.rows("years") if one.text("financial_year") <= ending]
    total = results.calculate("sum", *(one.ref("interest") for one in years)).decimal("result")
    of_year = money(loan.decimal("interest_of_year"), loan.currency)
    return (
        f"By its terms {loan.text('account')} costs {money(total, loan.currency)} of interest from its start to the "
        f"end of FY {ending}, of which {of_year} are of that year. {ESTIMATE}"
    )


def _moved(loan: Payload, found: Payload) -> str:
    before, after = (money(one.decimal("emi"), loan.currency) for one in (loan, found))
    now, then = (plain(one.decimal("annual_rate_percent")) for one in (loan, found))
    return (
        f"At {then}% instead of {now}% the EMI of {loan.text('account')} would be {after} instead of {before}, if what "
        f"is owed now is paid off in the same time. {ESTIMATE}"
    )


INTENT: Final = Intent(name="own_loans", recognises=_recognises, calls=_calls, answer=_answer)
