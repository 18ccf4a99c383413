"""Which payees of a ledger are paid on their day every month or quarter, by the household's own plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from data.sample.model import LedgerEntry, RecurringPayee
from data.sample.occasions import SCHOOL_DAY
from data.sample.plan import Plan

_LEAST_OCCURRENCES = 3


def recurring_payees(plan: Plan, ledger: Iterable[LedgerEntry]) -> tuple[RecurringPayee, ...]:
    """Mandates, subscriptions, broadband, rent and school fees that were paid at least three times."""
    entries = list(ledger)
    days = {mandate.merchant.name: mandate.day for mandate in plan.mandates}
    days |= {subscription.merchant.name: subscription.day for subscription in plan.subscriptions}
    days |= {plan.broadband.name: plan.broadband_day, plan.landlord: plan.rent_day, plan.school.name: SCHOOL_DAY}
    found = (_recurring(payee, day, plan, entries) for payee, day in sorted(days.items()))
    return tuple(payee for payee in found if payee is not None)


def _recurring(payee: str, day: int, plan: Plan, entries: list[LedgerEntry]) -> RecurringPayee | None:
    paid = [entry for entry in entries if entry.payee == payee and entry.amount < 0]
    if len(paid) < _LEAST_OCCURRENCES:
        return None
    cadence: Literal["monthly", "quarterly"] = "quarterly" if payee == plan.school.name else "monthly"
    return RecurringPayee(payee, paid[-1].category, -paid[-1].amount, day, cadence, len(paid))
