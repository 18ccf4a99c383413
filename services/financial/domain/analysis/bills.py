"""What is due when: recurring payments and card bills laid out by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.financial.domain.category import Category
from services.financial.domain.period import Period
from services.financial.domain.recurring import RecurringPayment
from services.financial.domain.recurring_schedule import CADENCES, Cadence, due_days, fit_schedule
from services.shared.domain.money import Money

CARD_BILL: Final = "card bill"


class BillStatus(StrEnum):
    """`overdue` was due by the newest record and is not there; `unconfirmed` was due after it and before the calendar.

    Of the days after the newest record nothing is known: an unconfirmed bill may well have been paid.
    """

    UPCOMING = "upcoming"
    OVERDUE = "overdue"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Bill:
    """One payment that is due. `is_estimate` says that its amount is not fixed: the middle of the last ones, or what is
    owed on a card now."""

    due_on: date
    payee: str
    category: Category
    amount: Money
    is_estimate: bool
    cadence: Cadence
    status: BillStatus


@dataclass(frozen=True, slots=True)
class CardPayments:
    """The days on which a card's bill was paid, in order, and what is owed on the card now (not negative)."""

    card: str
    days: tuple[date, ...]
    owed: Money


def bills(
    recurring: Iterable[RecurringPayment], cards: Iterable[CardPayments], period: Period, as_of: date
) -> list[Bill]:
    """What is due in the period, and what was due before it since the last payment; by day, the largest first.

    A payment within its usual slip (days before its turn) counts as made, since its next turn is told from the last
    payment. A card's bill is expected on the day of the month on which bills were paid; only the next one has an
    amount, what is owed now, as later ones depend on what will be bought.
    """
    found = [bill for one in recurring for bill in _of_recurring(one, period, as_of)]
    found += [bill for one in cards for bill in _of_card(one, period, as_of)]
    return sorted(found, key=lambda bill: (bill.due_on, -bill.amount.amount, bill.payee))


def _of_recurring(recurring: RecurringPayment, period: Period, as_of: date) -> Iterable[Bill]:
    for day in recurring.dues(period.end):
        yield Bill(
            due_on=day,
            payee=recurring.payee,
            category=recurring.category,
            amount=recurring.typical_amount,
            is_estimate=recurring.variable,
            cadence=recurring.cadence,
            status=_status(day, period, as_of),
        )


def _of_card(card: CardPayments, period: Period, as_of: date) -> Iterable[Bill]:
    schedule = fit_schedule(card.days)
    if schedule is None or not card.owed.amount:
        return
    rule = CADENCES[schedule.cadence]
    if (as_of - schedule.next_due).days > rule.days + rule.slip_days:
        return
    for day in due_days(schedule.next_due, schedule.cadence, schedule.day_of_month, period.end):
        yield Bill(
            due_on=day,
            payee=f"{card.card} {CARD_BILL}",
            category=Category.TRANSFER,
            amount=card.owed,
            is_estimate=True,
            cadence=schedule.cadence,
            status=_status(day, period, as_of),
        )
        return


def _status(day: date, period: Period, as_of: date) -> BillStatus:
    if day >= period.start:
        return BillStatus.UPCOMING
    return BillStatus.OVERDUE if day <= as_of else BillStatus.UNCONFIRMED


def by_day(found: Sequence[Bill]) -> list[tuple[date, tuple[Bill, ...]]]:
    """Bills that are in order, day by day."""
    days: dict[date, list[Bill]] = {}
    for bill in found:
        days.setdefault(bill.due_on, []).append(bill)
    return [(day, tuple(due)) for day, due in days.items()]
