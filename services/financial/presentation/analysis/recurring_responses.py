"""Response bodies about subscriptions and bills. Amounts are decimal strings; see the views for their meaning."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from services.financial.domain.category import Category
from services.financial.presentation.responses import Exact, From, LeftOutResponse, ViewResponse


class ReasonResponse(ViewResponse):
    """Why a subscription is worth a look."""

    sign: str = Field(examples=["same_service"])
    suggests_unused: bool
    text: str = Field(examples=["You also pay SPOTIFY for music."])


class SubscriptionResponse(ViewResponse):
    """One subscription; `amount` is the latest."""

    payee: str
    category: Category
    amount: Exact = Field(examples=["199.00"])
    cadence: str = Field(examples=["monthly"])
    monthly_cost: Exact
    yearly_cost: Exact
    first_paid_on: date
    last_paid_on: date
    next_due_on: date
    payments: int
    total_paid: Exact
    previous_amount: Exact | None
    price_changed_on: date | None
    price_change_percent: Exact | None
    reasons: list[ReasonResponse]


class EndedSubscriptionResponse(ViewResponse):
    """A subscription whose payments stopped."""

    payee: str
    amount: Exact
    cadence: str
    first_paid_on: date
    last_paid_on: date
    payments: int
    total_paid: Exact


class SubscriptionsResponse(ViewResponse):
    """Subscriptions, the dearest first. Statements show payments, not use: unused ones are candidates."""

    as_of: date
    currency: str
    count: int
    monthly_total: Exact
    yearly_total: Exact
    maybe_unused: int
    maybe_unused_yearly: Exact
    subscriptions: list[SubscriptionResponse]
    ended: list[EndedSubscriptionResponse]
    left_out: list[LeftOutResponse]


class BillResponse(ViewResponse):
    """A payment that is due."""

    due_on: date
    payee: str
    category: Category
    amount: Exact
    is_estimate: bool = Field(description="The amount varies, or is what is owed on a card now.")
    cadence: str
    status: str = Field(examples=["upcoming"], description="upcoming, overdue or unconfirmed.")


class BillsDayResponse(ViewResponse):
    """What is due on one day."""

    day: date
    total: Exact
    bills: list[BillResponse]


class BillsCalendarResponse(ViewResponse):
    """What is due in a period, by day."""

    from_: date = From
    to: date
    as_of: date
    currency: str
    total: Exact
    count: int
    days: list[BillsDayResponse]
    earlier: list[BillResponse]
    left_out: list[LeftOutResponse]
