"""What stands out, and what does not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from services.financial.domain.analysis.anomalies import (
    ENOUGH_PAYMENTS,
    AnomalyKind,
    Charge,
    anomalies,
    duplicate,
    first_time_large,
    measured_from,
    unusual_for_category,
    unusual_for_payee,
)
from services.financial.domain.analysis.robust import RobustSpread, robust_spread
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.shared.domain.ids import TransactionId, new_uuid
from services.shared.domain.money import Money

DAY = date(2026, 10, 10)
SINCE = date(2025, 1, 1)


def charge(
    amount: str, payee: str = "CAFE", day: date = DAY, account: str = "HDFC", category: Category = Category.DINING
) -> Charge:
    return Charge(TransactionId(new_uuid()), day, payee, category, account, Money(Decimal(amount)))


def rupees(amount: int | str) -> Money:
    return Money(Decimal(amount))


USUAL = robust_spread([Decimal(x) for x in (180, 190, 200, 200, 210, 220, 230, 240, 260)])


def test_a_payment_far_above_a_payees_usual_has_its_reason() -> None:
    found = unusual_for_payee(charge("900"), USUAL, rupees(300), None)
    assert found is not None
    assert (found.kind, found.usual, found.score) == (AnomalyKind.PAYEE, rupees(210), Decimal("23.27"))
    assert found.reason == (
        "900.00 INR is 4.3 times the median of your 9 payments to CAFE, 210.00 INR. Half of them lie within 20.00 of "
        "it; this one scores 23.27, and 3.5 is unusual."
    )


@pytest.mark.parametrize(
    ("amount", "everyday", "year_before"),
    [("260", 10, None), ("900", 800, None), ("900", 300, "850"), ("300", 10, None)],
    ids=["near", "less than an everyday payment", "as a year ago", "not half as much again"],
)
def test_what_is_not_unusual_for_a_payee(amount: str, everyday: int, year_before: str | None) -> None:
    before = rupees(year_before) if year_before else None
    assert unusual_for_payee(charge(amount), USUAL, rupees(everyday), before) is None


def test_few_payments_tell_nothing_and_equal_ones_much() -> None:
    few = robust_spread([Decimal(200)] * 7)
    assert unusual_for_payee(charge("9000"), few, rupees(1), None) is None
    found = unusual_for_payee(charge("400"), robust_spread([Decimal(200)] * 8), rupees(100), None)
    assert found is not None
    assert found.score is None
    assert "2.0 times the amount of all your 8 payments" in found.reason


def test_a_category_speaks_only_for_payees_that_are_little_known() -> None:
    shops = robust_spread([Decimal(x) for x in range(100, 2100, 100)])
    assert unusual_for_category(charge("90000"), shops, rupees(300), of_payee=1) is not None
    assert unusual_for_category(charge("90000"), shops, rupees(300), of_payee=8) is None
    assert unusual_for_category(charge("3000"), shops, rupees(300), of_payee=1) is None
    assert unusual_for_category(charge("90000"), robust_spread([Decimal(1)] * 19), rupees(1), of_payee=1) is None


@pytest.mark.parametrize(
    ("days", "amount", "habit", "is_one"),
    [(0, "499", 0, True), (2, "499", 1, True), (3, "499", 0, False), (0, "500", 0, False), (0, "499", 2, False)],
)
def test_a_charge_taken_twice(days: int, amount: str, habit: int, is_one: bool) -> None:
    found = duplicate(charge("499", day=DAY + timedelta(days=days)), charge(amount), habit)
    assert (found is not None) is is_one


def test_a_charge_from_two_accounts_names_the_other() -> None:
    found = duplicate(charge("499"), charge("499", account="SBI"), 0)
    assert found is not None
    assert "on the same day as well (2026-10-10, from SBI)" in found.reason


EVERYTHING = RobustSpread(400, Decimal(450), Decimal(250), Decimal(900))


@pytest.mark.parametrize(
    ("found", "amount", "day", "category"),
    [
        (True, "9000", DAY, Category.OTHER),
        (False, "9000", SINCE + timedelta(days=59), Category.OTHER),
        (False, "9000", DAY, Category.TAX),
        (False, "5000", DAY, Category.OTHER),
    ],
    ids=["large", "records have just begun", "the tax office", "not above 95 in 100"],
)
def test_a_large_first_payment(found: bool, amount: str, day: date, category: Category) -> None:
    new = charge(amount, "NOBODY", day, category=category)
    assert (first_time_large(new, EVERYTHING, rupees(5000), SINCE) is not None) is found


def test_one_charge_is_one_anomaly_with_all_its_reasons() -> None:
    twice, other = charge("9000", "NOBODY"), charge("700", day=DAY + timedelta(days=1))
    shops = robust_spread([Decimal(x) for x in range(100, 2100, 100)])
    findings = [
        unusual_for_category(twice, shops, rupees(300), of_payee=1),
        first_time_large(twice, EVERYTHING, rupees(5000), SINCE),
        unusual_for_payee(other, USUAL, rupees(300), None),
    ]
    found = anomalies(finding for finding in findings if finding)
    assert [[f.kind for f in a.findings] for a in found] == [
        [AnomalyKind.PAYEE],
        [AnomalyKind.FIRST_TIME, AnomalyKind.CATEGORY],
    ]


def test_ordinary_payments_are_hardly_ever_flagged_and_tenfold_ones_always_in_10_000_cases() -> None:
    rng = Random(8)
    false = 0
    for _ in range(2_000):
        known = [Decimal(rng.randint(300, 1500)) for _ in range(20)]
        spread = robust_spread(known)
        for _ in range(4):
            ordinary = charge(str(rng.randint(300, 1500)))
            false += unusual_for_payee(ordinary, spread, rupees(400), None) is not None
        tenfold = charge(str(spread.median * 10))
        assert unusual_for_payee(tenfold, spread, rupees(400), None) is not None
    assert false < 80


def test_of_very_many_payments_the_newest_months_tell_what_is_usual() -> None:
    earliest = date(2025, 1, 10)
    some = {Month(2025, 1): 900_000, Month(2025, 2): ENOUGH_PAYMENTS - 1, Month(2025, 3): 1}
    assert measured_from(earliest, some) == date(2025, 2, 1)
    assert measured_from(earliest, {Month(2025, 1): 900_000}) == earliest
    assert measured_from(earliest, {Month(2025, 3): ENOUGH_PAYMENTS - 1}) == earliest
    assert measured_from(earliest, {}) == earliest
