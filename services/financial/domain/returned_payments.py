"""Payments that came back: failed ones that the bank reversed, and purchases that were given back as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.financial.domain.categorisation.text import same_name
from services.financial.domain.recurring import Payment
from services.shared.domain.money import Money

_BACK_WITHIN: Final = timedelta(days=7)


def without_returned(payments: Sequence[Payment], returned: Sequence[Payment]) -> list[Payment]:
    """The payments, less one for each that came back: the last of that payee and amount up to a week before."""
    places: dict[tuple[str, Money], list[int]] = defaultdict(list)
    for at, payment in enumerate(payments):
        places[_key(payment)].append(at)
    gone: set[int] = set()
    for back in sorted(returned, key=lambda one: one.booked_on):
        made = (at for at in places[_key(back)] if at not in gone and _may_be_of(back, payments[at]))
        gone |= {max(made, key=lambda at: payments[at].booked_on, default=-1)}
    return [payment for at, payment in enumerate(payments) if at not in gone]


def _key(payment: Payment) -> tuple[str, Money]:
    return same_name(payment.payee), payment.amount


def _may_be_of(back: Payment, payment: Payment) -> bool:
    return payment.booked_on <= back.booked_on <= payment.booked_on + _BACK_WITHIN
