"""Payments that come back: who is paid how much, how often, and when next.

A payee's payments recur when they fall on a calendar (every week, month, quarter, …) with small slips, and their amount
is steady: constant with few steps (price rises), or varying little on a very regular day (bills).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.financial.domain.category import Category
from services.financial.domain.recurring_schedule import CADENCES, Cadence, Schedule, fit_schedule
from services.shared.domain.money import Money

_NEVER_RECURRING: Final = frozenset({Category.TRANSFER, Category.CASH, Category.FEES, Category.TAX})
# Enough payments that a regular day is no accident, where the amounts are not regular.
_MIN_VARIABLE: Final = 6
_MAX_VARIATION: Final = Decimal("0.25")
_MIN_OF_ONE_AMOUNT: Final = 5


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid to somebody; `amount` is positive."""

    booked_on: date
    amount: Money
    payee: str
    category: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringPayment:
    """A payment that comes back.

    `amount` is the latest; `variable` says that it differs from time to time, `previous_amount` what it was before its
    last step. `day_of_month` is the usual day (for weekly cadences the latest).
    """

    payee: str
    category: Category
    amount: Money
    cadence: Cadence
    day_of_month: int
    last_paid_on: date
    next_due_on: date
    occurrences: int
    variable: bool = False
    previous_amount: Money | None = None


def find_recurring(payments: Iterable[Payment], as_of: date) -> list[RecurringPayment]:
    """Those that still run on `as_of`, by payee. One that is overdue by more than a whole cadence has ended."""
    found: list[RecurringPayment] = []
    for series in _by_payee(payments):
        whole = _recurring(series)
        streams = [whole] if whole is not None else _streams_of_one_amount(series)
        found += [stream for stream in streams if _still_runs(stream, as_of)]
    return sorted(found, key=lambda recurring: (recurring.payee, recurring.amount.amount))


def monthly_share(recurring: RecurringPayment) -> Money:
    """What it comes to in an average month: a yearly payment counts as a twelfth."""
    return Money(recurring.amount.amount * CADENCES[recurring.cadence].per_year / 12, recurring.amount.currency)


def _by_payee(payments: Iterable[Payment]) -> list[list[Payment]]:
    groups: dict[str, list[Payment]] = defaultdict(list)
    for payment in payments:
        if payment.category not in _NEVER_RECURRING and payment.amount.amount > 0:
            groups[payment.payee.casefold()].append(payment)
    return [sorted(group, key=lambda p: (p.booked_on, p.amount.amount)) for group in groups.values()]


def _streams_of_one_amount(series: Sequence[Payment]) -> list[RecurringPayment]:
    """Several arrangements with one payee (two SIPs, say): each amount by itself, with more proof asked of it."""
    amounts: dict[Money, list[Payment]] = defaultdict(list)
    for payment in series:
        amounts[payment.amount].append(payment)
    streams = [_recurring(one) for one in amounts.values() if len(one) >= _MIN_OF_ONE_AMOUNT]
    return [stream for stream in streams if stream is not None]


def _recurring(series: Sequence[Payment]) -> RecurringPayment | None:
    schedule = fit_schedule([payment.booked_on for payment in series])
    if schedule is None:
        return None
    levels = _levels(series)
    if len(levels) <= 1 + len(series) // 6:
        return _payment(series, schedule, previous=levels[-2] if len(levels) > 1 else None)
    if len(series) >= _MIN_VARIABLE and schedule.is_strict and _variation(series) <= _MAX_VARIATION:
        return _payment(series, schedule, variable=True)
    return None


def _payment(
    series: Sequence[Payment], schedule: Schedule, *, previous: Money | None = None, variable: bool = False
) -> RecurringPayment:
    latest = series[-1]
    category = Counter(payment.category for payment in series).most_common(1)[0][0]
    return RecurringPayment(
        payee=latest.payee,
        category=category,
        amount=latest.amount,
        cadence=schedule.cadence,
        day_of_month=schedule.day_of_month,
        last_paid_on=latest.booked_on,
        next_due_on=schedule.next_due,
        occurrences=len(series),
        variable=variable,
        previous_amount=previous,
    )


def _levels(series: Sequence[Payment]) -> list[Money]:
    """The amounts in order, equal neighbours once."""
    levels: list[Money] = []
    for payment in series:
        if not levels or levels[-1] != payment.amount:
            levels.append(payment.amount)
    return levels


def _variation(series: Sequence[Payment]) -> Decimal:
    """The coefficient of variation: standard deviation over mean."""
    amounts = [payment.amount.amount for payment in series]
    mean = sum(amounts, Decimal(0)) / len(amounts)
    variance = sum(((amount - mean) ** 2 for amount in amounts), Decimal(0)) / len(amounts)
    return variance.sqrt() / mean


def _still_runs(recurring: RecurringPayment, as_of: date) -> bool:
    rule = CADENCES[recurring.cadence]
    return (as_of - recurring.next_due_on).days <= rule.days + rule.slip_days
