"""A payment that failed and came back is none, and does not hide the one that went through."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.financial.domain.category import Category
from services.financial.domain.recurring import Payment, find_recurring
from services.financial.domain.returned_payments import without_returned
from services.shared.domain.money import Money


def paid(month: int, day: int, payee: str = "NETFLIX", amount: str = "649") -> Payment:
    return Payment(date(2026, month, day), Money(Decimal(amount)), payee, Category.SUBSCRIPTIONS)


def test_a_failed_payment_leaves_the_subscription_to_be_seen() -> None:
    regular = [paid(month, 12) for month in range(1, 11)]
    failed = [paid(5, 4), paid(5, 6)]
    left = without_returned([*failed, *regular], [paid(5, 4, "NETFLIX INDIA"), paid(5, 7)])
    assert left == regular
    (found,) = find_recurring(left, date(2026, 10, 20))
    assert (found.occurrences, found.next_due_on) == (10, date(2026, 11, 12))


def test_of_two_equal_payments_one_comes_back() -> None:
    assert without_returned([paid(5, 4), paid(5, 4)], [paid(5, 4)]) == [paid(5, 4)]


def test_what_comes_later_or_from_others_or_of_another_size_undoes_nothing() -> None:
    one = [paid(5, 4)]
    for other in (paid(5, 12), paid(5, 3), paid(5, 4, "PRIME"), paid(5, 4, amount="648")):
        assert without_returned(one, [other]) == one
