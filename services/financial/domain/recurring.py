"""Payments that come back: who is paid how much, how often, and when next.

A payee's payments recur when they fall on a calendar (every week, month, quarter, …) with small slips, and their amount
is steady: constant with few steps (price rises), or varying little on a very regular day (bills). What is contracted by
its nature (rent, a subscription, a premium) may take a step early; what is bought may not. What is metered (power)
may vary with the season and be paid some days late.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Final

from services.financial.domain.analysis.robust import median
from services.financial.domain.categorisation.text import same_name
from services.financial.domain.category import Category
from services.financial.domain.recurring_schedule import CADENCES, Cadence, Schedule, due_days, fit_schedule
from services.shared.domain.money import Money

NEVER_RECURRING: Final = frozenset({Category.TRANSFER, Category.CASH, Category.FEES, Category.TAX})
_CONTRACTED: Final = frozenset(
    {
        Category.RENT,
        Category.LOAN_EMI,
        Category.INSURANCE,
        Category.SUBSCRIPTIONS,
        Category.INVESTMENTS,
        Category.EDUCATION,
        Category.UTILITIES,
    }
)
# Enough payments that a regular day is no accident, where the amounts are not regular.
_MIN_VARIABLE: Final = 6
_MAX_VARIATION: Final = Decimal("0.25")
_MAX_METERED: Final = Decimal("0.6")
_MIN_OF_ONE_AMOUNT: Final = 5
_MOST_SIDE_BY_SIDE: Final = 4
_TYPICAL_OF: Final = 6
_TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid to somebody; `amount` is positive."""

    booked_on: date
    amount: Money
    payee: str
    category: Category


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A step in what is paid; `since` is the first payment of the new amount."""

    since: date
    before: Money
    after: Money

    @property
    def percent(self) -> Decimal:
        """How much more, with one decimal; negative for less."""
        return ((self.after.amount / self.before.amount - 1) * 100).quantize(_TENTH, ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringPayment:
    """A payment that comes back.

    `amount` is the latest; `variable` says that it differs from time to time, and `typical_amount` is then the median
    of the last six. `price_changes` are the steps of one that does not vary, oldest first. `day_of_month` is the usual
    day (for weekly cadences the latest). `total_paid` sums the `occurrences`, `first_amount` is the first of them.
    """

    payee: str
    category: Category
    amount: Money
    cadence: Cadence
    day_of_month: int
    last_paid_on: date
    next_due_on: date
    occurrences: int
    first_paid_on: date
    first_amount: Money
    total_paid: Money
    typical_amount: Money
    payments: tuple[Payment, ...] = field(repr=False)
    variable: bool = False
    price_changes: tuple[PriceChange, ...] = ()

    @property
    def previous_amount(self) -> Money | None:
        """What it was before its last step; None when it never changed, or always does."""
        return self.price_changes[-1].before if self.price_changes else None

    def runs_on(self, day: date) -> bool:
        """Whether it still ran: one that was overdue by more than a whole cadence had ended."""
        rule = CADENCES[self.cadence]
        return (day - self.next_due_on).days <= rule.days + rule.slip_days

    def dues(self, until: date) -> Iterator[date]:
        """The days it is due, from the next one on."""
        return due_days(self.next_due_on, self.cadence, self.day_of_month, until)


def find_recurring(payments: Iterable[Payment], as_of: date) -> list[RecurringPayment]:
    """Those that still run on `as_of`, by payee. One that is overdue by more than a whole cadence has ended."""
    return [one for one in find_all_recurring(payments) if one.runs_on(as_of)]


def find_all_recurring(payments: Iterable[Payment]) -> list[RecurringPayment]:
    """Those that run and those that have ended, by payee."""
    found: list[RecurringPayment] = []
    for series in _by_payee(payments):
        whole = _recurring(series)
        found += [whole] if whole is not None else _streams_of_one_amount(series)
    return sorted(found, key=lambda recurring: (recurring.payee, recurring.amount.amount))


def is_steady(series: Sequence[Payment], schedule: Schedule) -> bool:
    """Whether amounts are constant but for few steps: one in six payments, and one at once where it is contracted."""
    steps = len(_levels(series)) - 1
    if steps <= len(series) // 6:
        return True
    return steps == 1 and schedule.is_strict and all(payment.category in _CONTRACTED for payment in series)


def monthly_share(recurring: RecurringPayment) -> Money:
    """What it comes to in an average month: a yearly payment counts as a twelfth."""
    return Money(recurring.amount.amount * CADENCES[recurring.cadence].per_year / 12, recurring.amount.currency)


def _by_payee(payments: Iterable[Payment]) -> list[list[Payment]]:
    groups: dict[str, list[Payment]] = defaultdict(list)
    for payment in payments:
        if payment.category not in NEVER_RECURRING and payment.amount.amount > 0:
            groups[same_name(payment.payee)].append(payment)
    return [sorted(group, key=lambda p: (p.booked_on, p.amount.amount)) for group in groups.values()]


def _streams_of_one_amount(series: Sequence[Payment]) -> list[RecurringPayment]:
    """Several arrangements with one payee (two SIPs, say): each amount by itself, with more proof asked of it."""
    amounts: dict[Money, list[Payment]] = defaultdict(list)
    for payment in series:
        amounts[payment.amount].append(payment)
    streams: list[RecurringPayment] = []
    for one in amounts.values():
        if len(one) >= _MIN_OF_ONE_AMOUNT:
            stream = _recurring(one)
            streams += [stream] if stream is not None else _side_by_side(one)
    return streams


def _side_by_side(series: Sequence[Payment]) -> list[RecurringPayment]:
    """Several contracts of the same amount with one payee: the first payment of each month, the second, and so on."""
    if any(payment.category not in _CONTRACTED for payment in series):
        return []
    streams: list[list[Payment]] = []
    seen: Counter[tuple[int, int]] = Counter()
    for payment in series:
        month = (payment.booked_on.year, payment.booked_on.month)
        if seen[month] == len(streams):
            streams.append([])
        streams[seen[month]].append(payment)
        seen[month] += 1
    if len(streams) > _MOST_SIDE_BY_SIDE:
        return []
    found = [_recurring(stream) for stream in streams if len(stream) >= _MIN_OF_ONE_AMOUNT]
    return [stream for stream in found if stream is not None]


def _recurring(series: Sequence[Payment]) -> RecurringPayment | None:
    schedule = fit_schedule([payment.booked_on for payment in series])
    if schedule is None:
        return None
    if is_steady(series, schedule):
        return recurring_of(series, schedule)
    if len(series) >= _MIN_VARIABLE and _varies_as_bills_do(series, schedule):
        return recurring_of(series, schedule, variable=True)
    return None


def recurring_of(series: Sequence[Payment], schedule: Schedule, *, variable: bool = False) -> RecurringPayment:
    """What payments in the order of their days come to, when they follow the schedule."""
    latest = series[-1]
    last = [payment.amount.amount for payment in series[-_TYPICAL_OF:]]
    return RecurringPayment(
        payee=latest.payee,
        category=Counter(payment.category for payment in series).most_common(1)[0][0],
        amount=latest.amount,
        cadence=schedule.cadence,
        day_of_month=schedule.day_of_month,
        last_paid_on=latest.booked_on,
        next_due_on=schedule.next_due,
        occurrences=len(series),
        first_paid_on=series[0].booked_on,
        first_amount=series[0].amount,
        total_paid=Money.total((payment.amount for payment in series), latest.amount.currency),
        payments=tuple(series),
        typical_amount=Money(median(last), latest.amount.currency) if variable else latest.amount,
        variable=variable,
        price_changes=() if variable else _changes(series),
    )


def _changes(series: Sequence[Payment]) -> tuple[PriceChange, ...]:
    return tuple(
        PriceChange(later.booked_on, earlier.amount, later.amount)
        for earlier, later in pairwise(series)
        if earlier.amount != later.amount
    )


def _levels(series: Sequence[Payment]) -> list[Money]:
    """The amounts in order, equal neighbours once."""
    levels: list[Money] = []
    for payment in series:
        if not levels or levels[-1] != payment.amount:
            levels.append(payment.amount)
    return levels


def _varies_as_bills_do(series: Sequence[Payment], schedule: Schedule) -> bool:
    if all(payment.category is Category.UTILITIES for payment in series):
        return _variation(series) <= _MAX_METERED
    return schedule.is_strict and _variation(series) <= _MAX_VARIATION


def _variation(series: Sequence[Payment]) -> Decimal:
    """The coefficient of variation: standard deviation over mean."""
    amounts = [payment.amount.amount for payment in series]
    mean = sum(amounts, Decimal(0)) / len(amounts)
    variance = sum(((amount - mean) ** 2 for amount in amounts), Decimal(0)) / len(amounts)
    return variance.sqrt() / mean
