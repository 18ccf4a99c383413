"""Which recurring payments are subscriptions, and which of them are worth a second look.

Statements do not say whether a service is used. What they do show are signs: two services for one thing, a membership
of a shop where nothing is bought any more, a trial that became paid, the same charge twice, a price that rose.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from services.financial.domain.category import Category
from services.financial.domain.recurring import RecurringPayment, monthly_share
from services.financial.domain.recurring_schedule import Cadence

# Bought by membership or not at all; there only what never varies is taken for a subscription.
_MAY_BE_MEMBERSHIP: Final = frozenset(
    {Category.HEALTH, Category.DINING, Category.SHOPPING, Category.TRAVEL, Category.TRANSPORT, Category.GROCERIES}
)
_NO_PURCHASE_FOR: Final = timedelta(days=90)
_RENEWS_WITHIN: Final = timedelta(days=45)
_LONG: Final = timedelta(days=360)
_MIN_PURCHASES: Final = 3


class Sign(StrEnum):
    """Why a subscription is worth a look."""

    SAME_SERVICE = "same_service"
    NOTHING_BOUGHT = "nothing_bought"
    CHARGED_TWICE = "charged_twice"
    TRIAL_BECAME_PAID = "trial_became_paid"
    PRICE_ROSE = "price_rose"
    RENEWS_SOON = "renews_soon"
    LONG_RUNNING = "long_running"

    @property
    def suggests_unused(self) -> bool:
        """Whether it speaks for a service that is not used or was forgotten, rather than for a decision to take."""
        return self in (Sign.SAME_SERVICE, Sign.NOTHING_BOUGHT, Sign.CHARGED_TWICE, Sign.TRIAL_BECAME_PAID)


@dataclass(frozen=True, slots=True)
class Reason:
    """A sign, and the facts of it in words and figures."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Purchases:
    """Other payments to a payee, apart from those that recur: how many, and the day of the last."""

    payee: str
    count: int
    last_on: date


def is_subscription(recurring: RecurringPayment) -> bool:
    """Whether it is paid for a service that can be given up: by its category, or as a fixed price for a membership."""
    if recurring.category is Category.SUBSCRIPTIONS:
        return True
    return recurring.category in _MAY_BE_MEMBERSHIP and not recurring.variable


def brand(payee: str) -> str:
    """The first word of a payee that says who it is: `ZOMATO` of `ZOMATO GOLD`."""
    words = [word for word in payee.upper().split() if word not in ("THE", "M/S", "MS")]
    return words[0] if words else ""


def reasons(
    subscription: RecurringPayment,
    others: Sequence[RecurringPayment],
    purchases: Iterable[Purchases],
    as_of: date,
) -> tuple[Reason, ...]:
    """The signs that a subscription shows, the telling ones first. `others` are the person's running subscriptions."""
    found = (
        _nothing_bought(subscription, purchases, as_of),
        _charged_twice(subscription, others),
        _trial_became_paid(subscription),
        _same_service(subscription, others),
        _price_rose(subscription, as_of),
        _renews_soon(subscription, as_of),
        _long_running(subscription, as_of),
    )
    return tuple(reason for reason in found if reason is not None)


def _nothing_bought(subscription: RecurringPayment, purchases: Iterable[Purchases], as_of: date) -> Reason | None:
    own = [one for one in purchases if brand(one.payee) == brand(subscription.payee)]
    count = sum(one.count for one in own)
    if count < _MIN_PURCHASES:
        return None
    last = max(one.last_on for one in own)
    if as_of - last <= _NO_PURCHASE_FOR or subscription.last_paid_on <= last:
        return None
    return Reason(
        Sign.NOTHING_BOUGHT,
        f"{count} other payments to {brand(subscription.payee)} are on record, the last on {last}: none in the "
        f"{(as_of - last).days} days since.",
    )


def _charged_twice(subscription: RecurringPayment, others: Sequence[RecurringPayment]) -> Reason | None:
    for other in others:
        same = other.payee == subscription.payee and other.cadence is subscription.cadence
        if other is not subscription and same and other.amount == subscription.amount:
            return Reason(
                Sign.CHARGED_TWICE,
                f"{subscription.payee} takes {subscription.amount} {subscription.amount.currency} twice, around day "
                f"{subscription.day_of_month} and day {other.day_of_month}.",
            )
    return None


def _trial_became_paid(subscription: RecurringPayment) -> Reason | None:
    if not subscription.price_changes:
        return None
    first = subscription.price_changes[0]
    if first.before != subscription.first_amount or first.before.amount * 5 > first.after.amount:
        return None
    return Reason(
        Sign.TRIAL_BECAME_PAID,
        f"It began with {first.before} on {subscription.first_paid_on} and costs {subscription.amount} "
        f"{subscription.amount.currency} since {first.since}.",
    )


def _same_service(subscription: RecurringPayment, others: Sequence[RecurringPayment]) -> Reason | None:
    kind = service_kind(subscription.payee)
    same = sorted({o.payee for o in others if o.payee != subscription.payee and service_kind(o.payee) == kind})
    if kind is None or not same:
        return None
    return Reason(Sign.SAME_SERVICE, f"You also pay {', '.join(same)} for {kind}.")


def _price_rose(subscription: RecurringPayment, as_of: date) -> Reason | None:
    rises = [one for one in subscription.price_changes if one.before < one.after and as_of - one.since <= _LONG]
    if not rises:
        return None
    rise = rises[-1]
    return Reason(
        Sign.PRICE_ROSE,
        f"It rose from {rise.before} to {rise.after} {rise.after.currency} on {rise.since} ({rise.percent:+}%).",
    )


def _renews_soon(subscription: RecurringPayment, as_of: date) -> Reason | None:
    left = subscription.next_due_on - as_of
    if subscription.cadence not in (Cadence.YEARLY, Cadence.HALF_YEARLY) or not timedelta() <= left <= _RENEWS_WITHIN:
        return None
    return Reason(
        Sign.RENEWS_SOON,
        f"It renews on {subscription.next_due_on} for about {subscription.typical_amount} "
        f"{subscription.amount.currency}.",
    )


def _long_running(subscription: RecurringPayment, as_of: date) -> Reason | None:
    if as_of - subscription.first_paid_on < _LONG:
        return None
    yearly = monthly_share(subscription) * 12
    return Reason(
        Sign.LONG_RUNNING,
        f"It has run since {subscription.first_paid_on} or longer: {subscription.occurrences} payments, "
        f"{subscription.total_paid} {subscription.amount.currency} in all, about {yearly} a year.",
    )


def service_kind(payee: str) -> str | None:
    """What a service is for, by the longest name that the payee begins with; None when it is not known."""
    text = payee.upper()
    matches = [name for name in _services() if text == name or text.startswith(f"{name} ")]
    return _services()[max(matches, key=len)] if matches else None


@cache
def _services() -> Mapping[str, str]:
    text = files("services.financial.domain.analysis").joinpath("services.toml").read_text("utf-8")
    kinds: dict[str, list[str]] = tomllib.loads(text)
    return {name: kind for kind, names in kinds.items() for name in names}
