"""Payments that are unlike a person's others: too large, charged twice, or large and to somebody new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from services.financial.domain.analysis.robust import OUTLIER_SCORE, RobustSpread
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.shared.domain.ids import TransactionId
from services.shared.domain.money import Money

# How many payments tell what is usual.
LEAST_OF_PAYEE: Final = 8
LEAST_OF_CATEGORY: Final = 20
LEAST_OF_ALL: Final = 30
# Purchases of one category differ more than those at one payee: their sizes have a long tail.
CATEGORY_SCORE: Final = OUTLIER_SCORE * 2
# Far from the middle is not enough where everything is near it: 5.00 more for milk is nothing to look at.
LEAST_RATIO: Final = Decimal("1.5")
# Within how many days the same charge again is suspicious, and a habit is what was charged twice before.
REPEAT_DAYS: Final = 2
HABIT: Final = 2
# A payment nearly as large a year ago means a season (the summer's power bill), not an anomaly.
_SEASONAL: Final = Decimal("0.8")
# Everybody is new when records have just begun.
_KNOWN_FOR: Final = timedelta(days=60)
# Medians of so many payments do not change with more of them, and all of them would have to be read.
ENOUGH_PAYMENTS: Final = 50_000


def measured_from(earliest: date, counts: Mapping[Month, int]) -> date:
    """The first day of payments that tell what is usual: `earliest`, or later where there are very many.

    `counts` are the payments of each month. Whole months are taken, the newest first, until they are enough.
    """
    so_far = 0
    for month in sorted(counts, reverse=True):
        so_far += counts[month]
        if so_far >= ENOUGH_PAYMENTS:
            return max(earliest, month.first)
    return earliest


class AnomalyKind(StrEnum):
    """Why a payment stands out; the most telling first."""

    DUPLICATE = "duplicate_charge"
    FIRST_TIME = "first_time_large_payee"
    PAYEE = "unusual_for_payee"
    CATEGORY = "unusual_for_category"


@dataclass(frozen=True, slots=True)
class Charge:
    """A payment; `amount` is positive."""

    transaction_id: TransactionId
    booked_on: date
    payee: str
    category: Category
    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why a charge stands out.

    `usual` is the median it is measured by, `score` its modified z-score, `related` the charge that it repeats.
    """

    kind: AnomalyKind
    charge: Charge
    reason: str
    usual: Money | None = None
    score: Decimal | None = None
    related: Charge | None = None


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A charge with all its reasons, the most telling first."""

    findings: tuple[Finding, ...]

    @property
    def charge(self) -> Charge:
        """The payment."""
        return self.findings[0].charge


def unusual_for_payee(
    charge: Charge, spread: RobustSpread, everyday: Money, year_before: Money | None
) -> Finding | None:
    """A payment far above the payee's usual ones.

    By the modified z-score of Iglewicz and Hoaglin (see `robust`), from 3.5 on, among at least eight payments; from one
    and a half times the median on, and by as much as an `everyday` payment (the median of all). `year_before` is the
    largest payment to the payee about a year earlier.
    """
    if spread.count < LEAST_OF_PAYEE or _is_small(charge, spread, everyday):
        return None
    if year_before is not None and year_before.amount >= charge.amount.amount * _SEASONAL:
        return None
    what = f"your {spread.count} payments to {charge.payee}"
    return _unusual(AnomalyKind.PAYEE, charge, spread, OUTLIER_SCORE, what)


def unusual_for_category(charge: Charge, spread: RobustSpread, everyday: Money, of_payee: int) -> Finding | None:
    """A payment far above the category's usual ones: the same from a score of 7 on, among at least twenty payments.

    Only for payees with fewer than eight payments (`of_payee`): of the others it is known what is usual for them.
    """
    if of_payee >= LEAST_OF_PAYEE or spread.count < LEAST_OF_CATEGORY or _is_small(charge, spread, everyday):
        return None
    what = f"your {spread.count} payments for {charge.category}"
    return _unusual(AnomalyKind.CATEGORY, charge, spread, CATEGORY_SCORE, what)


def _is_small(charge: Charge, spread: RobustSpread, everyday: Money) -> bool:
    return charge.amount.amount - spread.median < everyday.amount


def _unusual(kind: AnomalyKind, charge: Charge, spread: RobustSpread, threshold: Decimal, what: str) -> Finding | None:
    amount, currency = charge.amount.amount, charge.amount.currency
    score = spread.score(amount)
    if amount < spread.median * LEAST_RATIO or (score is not None and score < threshold):
        return None
    usual = Money(spread.median, currency)
    times = (amount / spread.median).quantize(Decimal("0.1"))
    if score is None:
        reason = f"{charge.amount} {currency} is {times} times the amount of all {what}, {usual} {currency} each."
    else:
        reason = (
            f"{charge.amount} {currency} is {times} times the median of {what}, {usual} {currency}. Half of them lie "
            f"within {Money(spread.mad, currency)} of it; this one scores {score}, and {threshold} is unusual."
        )
    return Finding(kind, charge, reason, usual, score)


def duplicate(charge: Charge, earlier: Charge, habit: int) -> Finding | None:
    """The same amount to the same payee within two days, unless that has happened on at least two other occasions.

    Rides, cups of tea and two instalments on one day repeat as a habit; a charge taken twice does not. A charge that
    was given back is no matter of the caller's to ask about.
    """
    days = (charge.booked_on - earlier.booked_on).days
    if not 0 <= days <= REPEAT_DAYS or charge.amount != earlier.amount or habit >= HABIT:
        return None
    when = "on the same day" if days == 0 else f"{days} day{'s' if days > 1 else ''} before"
    where = "" if charge.account == earlier.account else f", from {earlier.account}"
    reason = (
        f"{charge.payee} took {charge.amount} {charge.amount.currency} {when} as well ({earlier.booked_on}{where}), "
        "and no refund is on record."
    )
    return Finding(AnomalyKind.DUPLICATE, charge, reason, related=earlier)


def first_time_large(charge: Charge, everything: RobustSpread, large: Money, records_since: date) -> Finding | None:
    """The first payment to somebody, when it is large: an outlier among all payments and above 95 in 100 of them.

    `large` is the 95th percentile of all payments. Nobody counts as new in the first sixty days of the records, and the
    tax office never.
    """
    is_early = charge.booked_on - records_since < _KNOWN_FOR
    if everything.count < LEAST_OF_ALL or is_early or charge.category is Category.TAX:
        return None
    score = everything.score(charge.amount.amount)
    if score is None or score < OUTLIER_SCORE or charge.amount <= large:
        return None
    currency = charge.amount.currency
    usual = Money(everything.median, currency)
    reason = (
        f"The first payment to {charge.payee} since records begin on {records_since}: {charge.amount} {currency}, "
        f"where 95 in 100 of your {everything.count} payments are at most {large} and the median is {usual} {currency}."
    )
    return Finding(AnomalyKind.FIRST_TIME, charge, reason, usual, score)


def anomalies(findings: Iterable[Finding]) -> list[Anomaly]:
    """One anomaly for each charge, newest first."""
    order = list(AnomalyKind)
    by_charge: dict[TransactionId, list[Finding]] = {}
    for finding in findings:
        by_charge.setdefault(finding.charge.transaction_id, []).append(finding)
    found = [Anomaly(tuple(sorted(own, key=lambda f: order.index(f.kind)))) for own in by_charge.values()]
    return sorted(found, key=lambda a: (a.charge.booked_on, a.charge.amount.amount, a.charge.payee), reverse=True)
