"""Income that comes back: salaries, pensions, rents received, interest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from services.financial.domain.analysis.robust import median
from services.financial.domain.categorisation.text import same_name
from services.financial.domain.category import INCOME_CATEGORIES
from services.financial.domain.recurring import Payment, RecurringPayment, recurring_of
from services.financial.domain.recurring_schedule import fit_schedule

_LAST: Final = 12
_TOLERANCES: Final = (Decimal("0.35"), Decimal("0.2"))
_MANY_LEVELS: Final = 3


def regular_incomes(payments: Iterable[Payment], as_of: date) -> list[RecurringPayment]:
    """Income that still comes on `as_of`, by payer.

    A payer's usual payments lie within 35 percent of the median of the twelve around them, or within 20 percent if only
    those come on a calendar; others (a bonus, arrears, a settlement) are extras that promise nothing. An income that
    changes every few times is told by the median of the last six.
    """
    groups: dict[str, list[Payment]] = defaultdict(list)
    for payment in payments:
        if payment.category in INCOME_CATEGORIES and payment.amount.amount > 0:
            groups[same_name(payment.payee)].append(payment)
    found = (_regular(sorted(group, key=lambda p: (p.booked_on, p.amount.amount))) for group in groups.values())
    return sorted((one for one in found if one is not None and one.runs_on(as_of)), key=lambda one: one.payee)


def _regular(group: Sequence[Payment]) -> RecurringPayment | None:
    for tolerance in _TOLERANCES:
        usual = _without_extras(group, tolerance)
        schedule = fit_schedule([payment.booked_on for payment in usual])
        if schedule is not None:
            levels = len({payment.amount for payment in usual})
            return recurring_of(usual, schedule, variable=levels > 1 + len(usual) // _MANY_LEVELS)
    return None


def _without_extras(group: Sequence[Payment], tolerance: Decimal) -> list[Payment]:
    """Payments near what was usual around their time."""
    usual: list[Payment] = []
    for at, payment in enumerate(group):
        around = group[max(0, at - _LAST // 2) : at + _LAST // 2 + 1]
        middle = median([one.amount.amount for one in around])
        if abs(payment.amount.amount - middle) <= middle * tolerance:
            usual.append(payment)
    return usual
