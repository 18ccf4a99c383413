"""What is said of subscriptions and bills; see `application.views` for what holds of all figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.application.views import LeftOutView
from services.financial.domain.category import Category


@dataclass(frozen=True, slots=True)
class ReasonView:
    """Why a subscription is worth a look; `suggests_unused` says that it speaks for one not used, or forgotten."""

    sign: str
    suggests_unused: bool
    text: str


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """One subscription.

    `amount` is the latest; `monthly_cost` its share of an average month, `yearly_cost` twelve of these. The price
    change is the latest, None when there was none. `reasons` are what is worth a look, the telling ones first.
    """

    payee: str
    category: Category
    amount: Decimal
    cadence: str
    monthly_cost: Decimal
    yearly_cost: Decimal
    first_paid_on: date
    last_paid_on: date
    next_due_on: date
    payments: int
    total_paid: Decimal
    previous_amount: Decimal | None
    price_changed_on: date | None
    price_change_percent: Decimal | None
    reasons: tuple[ReasonView, ...]


@dataclass(frozen=True, slots=True)
class EndedSubscriptionView:
    """A subscription whose payments stopped."""

    payee: str
    amount: Decimal
    cadence: str
    first_paid_on: date
    last_paid_on: date
    payments: int
    total_paid: Decimal


@dataclass(frozen=True, slots=True)
class SubscriptionsView:
    """Subscriptions that run on `as_of`, the dearest first, and those that ended in the three years before it.

    `maybe_unused` counts those with a reason that suggests it, `maybe_unused_yearly` is what they cost in a year. A
    bank statement shows payments, not use: these are candidates. A subscription with fewer than three payments (a
    yearly one with fewer than two) is not found yet.
    """

    as_of: date
    currency: str
    count: int
    monthly_total: Decimal
    yearly_total: Decimal
    maybe_unused: int
    maybe_unused_yearly: Decimal
    subscriptions: tuple[SubscriptionView, ...]
    ended: tuple[EndedSubscriptionView, ...]
    left_out: tuple[LeftOutView, ...]


@dataclass(frozen=True, slots=True)
class BillView:
    """A payment that is due. `is_estimate` marks an amount that varies, or what is owed on a card now."""

    due_on: date
    payee: str
    category: Category
    amount: Decimal
    is_estimate: bool
    cadence: str
    status: str


@dataclass(frozen=True, slots=True)
class BillsDayView:
    """What is due on one day."""

    day: date
    total: Decimal
    bills: tuple[BillView, ...]


@dataclass(frozen=True, slots=True)
class BillsCalendarView:
    """What is due in a period, by day; days without bills are not listed.

    `total` and `count` are of the period; `earlier` lists what was due before it and is not on record, overdue or not
    known yet, since records end on `as_of`.
    """

    from_: date
    to: date
    as_of: date
    currency: str
    total: Decimal
    count: int
    days: tuple[BillsDayView, ...]
    earlier: tuple[BillView, ...]
    left_out: tuple[LeftOutView, ...]
