"""What is said of loans: an instalment, what prepaying saves, what is owed."""

from __future__ import annotations

from agents.models.offline.intents.plans.slots import plain
from agents.models.offline.period_names import day_name
from agents.models.offline.rendering import bullets, in_words, money, percent, times
from agents.models.offline.results import Payload
from agents.models.offline.wording import ESTIMATE


def alternatives(loans: list[Payload]) -> str:
    """Several loans to choose from."""
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


def instalment(loan: Payload) -> str:
    """The EMI of one loan, and what it costs in all."""
    interest = loan.decimal("total_interest")
    return (
        f"The EMI is {money(loan.decimal('emi'))} for {_described_terms(loan)}. In all you pay "
        f"{money(loan.decimal('total_paid'))}, of which "
        f"{money(interest)}{in_words(interest)} is interest; the effective yearly rate is "
        f"{percent(loan.decimal('effective_annual_rate_percent'))}. {ESTIMATE}"
    )


def saved(saving: Payload, *, often: bool) -> str:
    """What a prepayment saves, or as many of them as the tool takes."""
    before, after = saving.day("last_due_on_before"), saving.day("last_due_on_after")
    interest = money(saving.decimal("interest_saved"))
    it = f"With {money(saving.decimal('prepaid'))} prepaid in all it" if often else "It"
    if saving.decimal("emi_after") != saving.decimal("emi_before"):
        emi = f"{money(saving.decimal('emi_after'))} instead of {money(saving.decimal('emi_before'))}"
        return f"{it} saves {interest} of interest; the EMI becomes {emi}. {ESTIMATE}"
    ends = f": the last instalment is on {day_name(after)} instead of {day_name(before)}" if before and after else ""
    return f"{it} saves {interest} of interest and {saving.integer('months_saved')} months{ends}. {ESTIMATE}"


def on_record(found: Payload) -> str:
    """The loans of the person."""
    loans = found.rows("loans")
    if not loans:
        return "No loan's terms are on record. Tell me its amount, yearly rate and years to work out the instalment."
    return f"Your loans:\n\n{bullets(map(loan_line, loans))}" if len(loans) > 1 else f"{loan_line(loans[0])}."


def loan_line(one: Payload) -> str:
    """A loan on record in a line."""
    due, rate = one.day("next_due_on"), one.optional_decimal("annual_rate_percent")
    borrowed = one.optional_decimal("principal")
    of = f" of {money(borrowed, one.currency)} borrowed" if borrowed is not None else ""
    at = f" at {plain(rate)}% a year" if rate is not None else ""
    return (
        f"{one.text('account')}: {money(one.decimal('owed'), one.currency)} owed{of}{at}, EMI "
        f"{money(one.decimal('emi'), one.currency)}{f', next on {day_name(due)}' if due else ''}, "
        f"{one.integer('instalments_left')} instalments left, interest of FY {one.text('financial_year')} "
        f"{money(one.decimal('interest_of_year'), one.currency)}"
    )
