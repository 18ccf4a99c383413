"""What prepaying a loan saves, once or with every instalment: the loan that is meant, and the call."""

from __future__ import annotations

import re
from typing import Final

from agents.models.offline.clarification import which
from agents.models.offline.frame import Frame
from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.months import EACH_MONTH, EACH_YEAR
from agents.models.offline.results import Call, Payload, Results
from services.financial.application.loans.calculate_prepayment import MAX_PREPAYMENTS

LIST_LOANS: Final = Call("list_loans", {})
_RAISED: Final = re.compile(r"\b(?:increase|raise) (?:my |the )?(?:\w+ )?emi\b")
PREPAY: Final = re.compile(
    r"\bpre-?pay\w*|\bpart[- ]pay\w*|\bpay (?:off )?(?:[\d,.]+(?:k| ?lakhs?)? )?(?:extra|early|more)\b|\bforeclos\w*|"
    r"\bpay (?:it )?off early\b|\b(?:close|clear|finish|pay off)\b[^?]*\bloan\b[^?]*\b(?:early|earlier|sooner)\b|"
    r"\b(?:extra|more|additional)\b[^?]*\b(?:on|to|towards|in|into|for) (?:my |the )?(?:\w+ )?(?:loan|emi)\b|"
    rf"{_RAISED.pattern}|\bextra emi\b"
)
# What is better is not for the records to say.
OR_INVEST: Final = re.compile(
    r"\b(?:prepay|close|clear|pay off)\b[^?]*\bor (?:\w+ ){0,4}(?:invest|sips?|mutual funds?|fds?)\b"
)
INTEREST: Final = re.compile(r"\bloan\b[^?]*\binterest\b|\binterest\b[^?]*\bloan\b")
# A yearly rate says nothing of how often one pays.
_RATE: Final = re.compile(
    r"(?:%|\bpercent\b) ?(?:interest |rate )?(?:a|per) (?:year|annum)\b|\b(?:annual|yearly) (?:interest|rate)\b"
)
_REDUCE_EMI: Final = re.compile(r"\b(?:reduce|lower|smaller) (?:the |my )?emi\b")


def described_loan(frame: Frame) -> dict[str, object] | None:
    """The terms of a loan that is described beside the prepayment: its amount is the larger of the two."""
    given = frame.quantities
    if len(given.amounts) < 2 or given.rate is None or not given.months:
        return None
    return {
        "principal": plain(max(given.amounts)), "annual_rate_percent": plain(given.rate), "months": given.months,
    }  # fmt: skip


def chosen_loan(frame: Frame, results: Results) -> Payload | str:
    """The loan on record that is meant, or what to say instead."""
    loans = results.of(LIST_LOANS).rows("loans")
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


def comes_again(frame: Frame) -> bool:
    """Whether it is to be paid again and again, every month or every year."""
    return _yearly(frame) or any(one.search(frame.text) for one in (EACH_MONTH, _RAISED))


def _yearly(frame: Frame) -> bool:
    return EACH_YEAR.search(_RATE.sub("", frame.text)) is not None


def _runs(frame: Frame, loan: Payload | None, step: int) -> int:
    """How many prepayments the loan surely lives to see; one that comes after its end is refused."""
    owed = loan.optional_decimal("owed") if loan else None
    emi = loan.optional_decimal("emi") if loan else None
    if owed is None or emi is None:
        return max((frame.quantities.months or MAX_PREPAYMENTS) // (2 * step), 1)
    return max(int(owed / (emi * step + min(frame.quantities.amounts))), 1)


def prepayment(frame: Frame, loan: Payload | None) -> Call:
    """The call about a loan on record, or about the one that is described."""
    described = described_loan(frame)
    about = described or {"account_id": loan.text("account_id") if loan else ""}
    months = loan.integer("months") if loan else frame.quantities.months or 1
    next_one = max(months - loan.integer("instalments_left") + 1, 1) if loan else 1
    step = 12 if _yearly(frame) else 1
    often = min(MAX_PREPAYMENTS, _runs(frame, loan, step)) if comes_again(frame) else 1
    times = range(next_one, months + 1, step)[:often]
    paid = [{"after_instalment": one, "amount": plain(min(frame.quantities.amounts))} for one in times]
    mode = {"mode": "reduce_emi"} if _REDUCE_EMI.search(frame.text) else {}
    return Call("calculate_prepayment", {**about, "prepayments": paid, **mode})
