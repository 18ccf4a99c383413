"""Payments that come back, and visits that do not."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from services.financial.domain.categorisation.text import same_name
from services.financial.domain.category import Category
from services.financial.domain.recurring import Payment, find_recurring, monthly_share
from services.financial.domain.recurring_schedule import Cadence
from services.shared.domain.money import Money

END = date(2026, 11, 20)


def pay(day: date, amount: str, payee: str = "NETFLIX", category: Category = Category.SUBSCRIPTIONS) -> Payment:
    return Payment(day, Money(Decimal(amount)), payee, category)


def monthly(months: int, day: int, jitter: Random | None = None) -> list[date]:
    found = []
    for back in range(months, 0, -1):
        index = END.year * 12 + END.month - back
        year, month = divmod(index, 12)
        length = calendar.monthrange(year, month + 1)[1]
        shift = jitter.randint(-3, 3) if jitter else 0
        found.append(date(year, month + 1, min(day, length)) + timedelta(days=shift))
    return [one for one in found if one <= END]


def test_a_subscription_with_its_day_and_next_due() -> None:
    (found,) = find_recurring([pay(day, "649") for day in monthly(12, 5)], END)
    assert (found.amount.amount, found.cadence, found.day_of_month) == (Decimal("649.00"), Cadence.MONTHLY, 5)
    assert (found.last_paid_on, found.next_due_on) == (date(2026, 11, 5), date(2026, 12, 5))
    assert not found.variable
    assert found.previous_amount is None


def test_a_price_rise_is_told_with_the_old_price() -> None:
    days = monthly(12, 5)
    series = [pay(day, "649" if index < 8 else "799") for index, day in enumerate(days)]
    (found,) = find_recurring(series, END)
    assert (found.amount.amount, found.previous_amount) == (Decimal("799.00"), Money(Decimal(649)))


def test_slips_of_days_and_one_missing_month_are_forgiven() -> None:
    days = monthly(14, 15, Random(1))
    del days[6]
    assert len(find_recurring([pay(day, "500") for day in days], END)) == 1


def test_the_end_of_the_month_is_one_day() -> None:
    (found,) = find_recurring([pay(day, "500") for day in monthly(10, 31)], END)
    assert found.cadence is Cadence.MONTHLY


@pytest.mark.parametrize(
    ("step", "cadence", "share"),
    [
        (7, Cadence.WEEKLY, "433.33"),
        (14, Cadence.FORTNIGHTLY, "216.67"),
        (28, Cadence.FOUR_WEEKLY, "108.33"),
        (56, Cadence.EIGHT_WEEKLY, "54.17"),
        (84, Cadence.TWELVE_WEEKLY, "36.11"),
    ],
)
def test_weekly_cadences(step: int, cadence: Cadence, share: str) -> None:
    days = [END - timedelta(days=step * back) for back in range(10, -1, -1)]
    (found,) = find_recurring([pay(day, "100") for day in days], END)
    assert found.cadence is cadence
    assert str(monthly_share(found)) == share


@pytest.mark.parametrize(
    ("every", "cadence"),
    [(2, Cadence.TWO_MONTHLY), (3, Cadence.QUARTERLY), (6, Cadence.HALF_YEARLY), (12, Cadence.YEARLY)],
)
def test_longer_cadences(every: int, cadence: Cadence) -> None:
    days = monthly(36, 10)[::-1][::every][::-1]
    (found,) = find_recurring([pay(day, "1200", category=Category.INSURANCE) for day in days], END)
    assert found.cadence is cadence


def test_a_power_bill_may_come_late_and_rise_in_summer() -> None:
    amounts = ["900", "850", "1000", "1600", "2400", "2600", "2200", "1700", "1300", "1000"]
    days = monthly(10, 12, Random(1))
    power = [pay(day, amount, "BESCOM", Category.UTILITIES) for day, amount in zip(days, amounts, strict=True)]
    (found,) = find_recurring(power, END)
    assert found.variable
    assert find_recurring([pay(p.booked_on, str(p.amount), "DMART", Category.GROCERIES) for p in power], END) == []


def test_spellings_of_one_name_are_one_payee() -> None:
    names = ["HDFC LIFE INSURANCE CO LTD", "Hdfc Life Insurance", "HDFC LIFE-INSURANCE PVT. LTD."] * 3
    series = [pay(day, "2136", name, Category.INSURANCE) for day, name in zip(monthly(9, 9), names, strict=True)]
    (found,) = find_recurring(series, END)
    assert found.occurrences == 9
    assert same_name("SURESH P") != same_name("SURESH")


def test_what_has_ended_is_not_told() -> None:
    assert find_recurring([pay(day, "649") for day in monthly(12, 5)[:-4]], END) == []


def test_a_bill_that_varies_a_little_on_its_day_counts_and_is_marked() -> None:
    rng = Random(3)
    bills = [pay(day, str(rng.randint(900, 1300)), "BESCOM", Category.UTILITIES) for day in monthly(12, 10)]
    (found,) = find_recurring(bills, END)
    assert found.variable


def test_two_arrangements_with_one_payee_are_two() -> None:
    sips = [pay(day, "5000", "MF", Category.INVESTMENTS) for day in monthly(12, 3)]
    sips += [pay(day, "2500", "MF", Category.INVESTMENTS) for day in monthly(12, 17)]
    found = find_recurring(sips, END)
    assert [(one.amount.amount, one.day_of_month) for one in found] == [(Decimal(2500), 17), (Decimal(5000), 3)]


@pytest.mark.parametrize("days", [(7, 7), (7, 15), (3, 10, 25)])
def test_contracts_of_one_amount_with_one_payee_are_as_many(days: tuple[int, ...]) -> None:
    sips = [pay(day, "5000", "MF", Category.INVESTMENTS) for one in days for day in monthly(12, one)]
    assert sorted(one.day_of_month for one in find_recurring(sips, END)) == list(days)
    rides = [pay(payment.booked_on, "5000", "METRO", Category.TRANSPORT) for payment in sips]
    assert find_recurring(rides, END) == []


@pytest.mark.parametrize("category", [Category.TRANSFER, Category.CASH])
def test_transfers_and_cash_never_count(category: Category) -> None:
    assert find_recurring([pay(day, "500", category=category) for day in monthly(12, 5)], END) == []


@pytest.mark.parametrize("seed", range(40))
def test_random_visits_are_never_reported(seed: int) -> None:
    rng = Random(seed)
    visits = []
    for number in range(25):
        day = END - timedelta(days=730)
        while day <= END:
            day += timedelta(days=rng.randint(4, 26))
            amount = rng.choice(["200", "500", str(rng.randint(100, 3000)), f"{rng.randint(100, 3000)}.50"])
            visits.append(pay(day, amount, f"SHOP {number}", Category.SHOPPING))
    assert find_recurring(visits, END) == []
