"""Subscriptions: price changes, signs that one may be unused, and the calendar of bills."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from services.financial.domain.analysis.bills import BillStatus, CardPayments, bills, by_day
from services.financial.domain.analysis.subscriptions import (
    Purchases,
    Sign,
    brand,
    is_subscription,
    reasons,
    service_kind,
)
from services.financial.domain.category import Category
from services.financial.domain.period import Period
from services.financial.domain.recurring import Payment, RecurringPayment, find_all_recurring, find_recurring
from services.financial.domain.recurring_schedule import CADENCES, Cadence, due_days
from services.shared.domain.money import Money

AS_OF = date(2026, 10, 31)


def series(
    payee: str, amounts: list[str], day: int = 5, category: Category = Category.SUBSCRIPTIONS, last: int = 2026 * 12 + 9
) -> list[Payment]:
    """One payment a month, the last of them in October 2026 unless said."""
    found = []
    for back, amount in enumerate(reversed(amounts)):
        year, month = divmod(last - back, 12)
        found.append(Payment(date(year, month + 1, day), Money(Decimal(amount)), payee, category))
    return found[::-1]


def one(payments: list[Payment]) -> RecurringPayment:
    (found,) = find_all_recurring(payments)
    return found


def signs(
    wanted: RecurringPayment, others: tuple[RecurringPayment, ...] = (), purchases: tuple[Purchases, ...] = ()
) -> set[Sign]:
    return {reason.sign for reason in reasons(wanted, (wanted, *others), purchases, AS_OF)}


def test_every_change_of_price_is_kept_with_its_day_and_percent() -> None:
    found = one(series("SPOTIFY", ["119"] * 8 + ["139"] * 7 + ["199"] * 3))
    assert [(c.since, c.before.amount, c.after.amount, c.percent) for c in found.price_changes] == [
        (date(2026, 1, 5), Decimal(119), Decimal(139), Decimal("16.8")),
        (date(2026, 8, 5), Decimal(139), Decimal(199), Decimal("43.2")),
    ]
    assert found.previous_amount == Money(Decimal(139))
    assert found.total_paid == Money(Decimal(119 * 8 + 139 * 7 + 199 * 3))
    assert (found.first_paid_on, found.occurrences) == (date(2025, 5, 5), 18)


def test_a_rise_among_few_payments_is_seen_where_payment_is_contracted() -> None:
    assert one(series("SPOTIFY", ["119", "119", "139"])).previous_amount == Money(Decimal(119))
    assert find_all_recurring(series("SHOP", ["119", "119", "139"], category=Category.SHOPPING)) == []


def test_what_varies_is_typically_its_median() -> None:
    found = one(series("BESCOM", ["900", "1000", "1100", "1050", "950", "1200", "1010"], category=Category.UTILITIES))
    assert (found.variable, found.amount, found.typical_amount) == (
        True,
        Money(Decimal(1010)),
        Money(Decimal(1030)),
    )
    assert found.price_changes == ()


def test_ended_ones_are_found_apart() -> None:
    ended = series("ZEE5", ["149"] * 6, last=2026 * 12 + 3)
    assert find_recurring(ended, AS_OF) == []
    assert not one(ended).runs_on(AS_OF)


def test_what_is_a_subscription() -> None:
    assert is_subscription(one(series("NETFLIX", ["199"] * 5)))
    assert is_subscription(one(series("CULT FIT", ["999"] * 7, category=Category.HEALTH)))
    assert not is_subscription(one(series("LANDLORD", ["20000"] * 5, category=Category.RENT)))


def test_signs_of_disuse() -> None:
    spotify, gaana = one(series("SPOTIFY INDIA", ["119"] * 5)), one(series("GAANA", ["99"] * 5, 9))
    assert Sign.SAME_SERVICE in signs(spotify, (gaana,))
    assert Sign.SAME_SERVICE not in signs(spotify)
    gold = one(series("ZOMATO GOLD", ["99"] * 6))
    stale, fresh = (Purchases("ZOMATO", 9, AS_OF - timedelta(days=days)) for days in (120, 20))
    assert Sign.NOTHING_BOUGHT in signs(gold, purchases=(stale,))
    assert Sign.NOTHING_BOUGHT not in signs(gold, purchases=(fresh,))
    assert Sign.NOTHING_BOUGHT not in signs(gold, purchases=(Purchases("SWIGGY", 9, stale.last_on),))
    trial = one(series("AUDIBLE", ["2"] + ["199"] * 5))
    assert Sign.TRIAL_BECAME_PAID in signs(trial)
    once, again = one(series("AUDIBLE", ["199"] * 9, 3)), one(series("AUDIBLE", ["199"] * 9, 20))
    assert Sign.CHARGED_TWICE in signs(once, (again,))


def test_signs_that_ask_for_a_decision() -> None:
    risen = one(series("NETFLIX", ["199"] * 8 + ["249"] * 2))
    assert signs(risen) == {Sign.PRICE_ROSE}
    (rise,) = reasons(risen, [risen], [], AS_OF)
    assert rise.text == "It rose from 199.00 to 249.00 INR on 2026-09-05 (+25.1%)."
    days = [date(2023, 11, 20), date(2024, 11, 20), date(2025, 11, 20)]
    yearly = one([Payment(day, Money(Decimal(1499)), "AMAZON PRIME", Category.SUBSCRIPTIONS) for day in days])
    assert signs(yearly) == {Sign.RENEWS_SOON, Sign.LONG_RUNNING}


@pytest.mark.parametrize(
    ("payee", "kind"),
    [
        ("NETFLIX ENTERTAINMENT", "video"),
        ("SPOTIFY INDIA", "music"),
        ("AMAZON PRIME", "video"),
        ("AMAZON", None),
        ("NETFLIXED", None),
        ("TIMES PRIME", "news"),
    ],
)
def test_services_by_the_words_a_payee_begins_with(payee: str, kind: str | None) -> None:
    assert service_kind(payee) == kind


def test_the_brand_is_the_first_telling_word() -> None:
    assert [brand(payee) for payee in ("Zomato Gold", "THE HINDU", "")] == ["ZOMATO", "HINDU", ""]


def test_due_days_are_those_of_a_calendar_walked_day_by_day_in_10_000_cases() -> None:
    rng = Random(4)
    for _ in range(10_000):
        cadence = rng.choice(list(Cadence))
        rule, usual = CADENCES[cadence], rng.randint(1, 31)
        year, month = rng.randint(2020, 2030), rng.randint(1, 12)
        first = date(year, month, min(usual, calendar.monthrange(year, month)[1]))
        until = first + timedelta(days=rng.randint(-5, 70))
        expected = []
        for ahead in range((until - first).days + 1):
            day = first + timedelta(days=ahead)
            if rule.months:
                apart = (day.year - first.year) * 12 + day.month - first.month
                on_it = apart % rule.months == 0 and day.day == min(usual, calendar.monthrange(day.year, day.month)[1])
            else:
                on_it = ahead % rule.days == 0
            if on_it:
                expected.append(day)
        assert list(due_days(first, cadence, usual, until)) == expected


def test_the_calendar_holds_every_turn_and_tells_what_is_late() -> None:
    rent = one(series("LANDLORD", ["20000"] * 6, 3, Category.RENT))
    late = one(series("ZEE5", ["149"] * 6, 20, last=2026 * 12 + 8))
    card = CardPayments("ICICI", tuple(date(2026, month, 18) for month in range(3, 11)), Money(Decimal("8200.50")))
    unused = CardPayments("HDFC", card.days, Money.zero())
    found = bills([rent, late], [card, unused], Period(date(2026, 11, 10), date(2027, 1, 10)), AS_OF)
    assert [(bill.due_on, bill.payee, bill.status, bill.is_estimate) for bill in found] == [
        (date(2026, 10, 20), "ZEE5", BillStatus.OVERDUE, False),
        (date(2026, 11, 3), "LANDLORD", BillStatus.UNCONFIRMED, False),
        (date(2026, 11, 18), "ICICI card bill", BillStatus.UPCOMING, True),
        (date(2026, 11, 20), "ZEE5", BillStatus.UPCOMING, False),
        (date(2026, 12, 3), "LANDLORD", BillStatus.UPCOMING, False),
        (date(2026, 12, 20), "ZEE5", BillStatus.UPCOMING, False),
        (date(2027, 1, 3), "LANDLORD", BillStatus.UPCOMING, False),
    ]
    assert found[2].amount == Money(Decimal("8200.50"))
    assert [day for day, _ in by_day(found)] == [bill.due_on for bill in found]
