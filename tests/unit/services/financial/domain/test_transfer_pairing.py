"""Transfers between own accounts: found by evidence, never by amount alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from services.financial.domain.category import Category
from services.financial.domain.payee import extract_payee
from services.financial.domain.transfer_pairing import PairingCandidate, pair_transfers
from services.shared.domain.ids import AccountId, TransactionId
from services.shared.domain.money import Money

DAY = date(2026, 10, 10)


def leg(
    number: int, account: int, amount: str, category: Category = Category.OTHER, narration: str = "", days: int = 0
) -> PairingCandidate:
    return PairingCandidate(
        id=TransactionId(UUID(int=number)),
        account_id=AccountId(UUID(int=account)),
        booked_on=DAY + timedelta(days=days),
        amount=Money(Decimal(amount)),
        narration=narration,
        payee=extract_payee(narration),
        category=category,
    )


def pairs(*legs: PairingCandidate) -> list[tuple[int, int]]:
    return [(pair.debit.int, pair.credit.int) for pair in pair_transfers(legs)]


def test_a_shared_reference_pairs_whatever_the_rules_say() -> None:
    out = leg(1, 1, "-64000", Category.RENT, "UPI/DR/370068934558/X")
    into = leg(2, 2, "64000", Category.SALARY, "UPI-Y-370068934558")
    assert pairs(out, into) == [(1, 2)]


def test_one_leg_that_looks_like_a_transfer_is_enough() -> None:
    assert pairs(leg(1, 1, "-500", Category.TRANSFER), leg(2, 2, "500", days=2)) == [(1, 2)]


def test_equal_amounts_alone_are_not() -> None:
    assert pairs(leg(1, 1, "-10000", Category.CASH), leg(2, 2, "10000", Category.SALARY)) == []
    assert pairs(leg(1, 1, "-500"), leg(2, 2, "500")) == []
    assert pairs(leg(1, 1, "-500", Category.TRANSFER), leg(2, 2, "500", Category.SALARY)) == []


def test_inside_a_bank_one_name_on_both_sides_is_enough_on_one_day() -> None:
    out = leg(1, 1, "-4000", narration="50100123456789-TPT-SAVINGS-RAHUL SHARMA")
    into = leg(2, 2, "4000", Category.OTHER_INCOME, "50100999999999-TPT-SAVINGS-RAHUL SHARMA")
    late = leg(2, 2, "4000", Category.OTHER_INCOME, into.narration, days=1)
    friend = leg(2, 2, "4000", Category.OTHER_INCOME, "50100999999999-TPT-DINNER-ANKIT VERMA")
    by_upi = [
        leg(1, 1, "-4000", narration="UPI-ANKIT VERMA-a@ybl-YESB0YBLUPI-459571177774-UPI"),
        leg(2, 2, "4000", Category.OTHER_INCOME, "UPI-ANKIT VERMA-a@ybl-YESB0YBLUPI-459571177775-UPI"),
    ]
    assert pairs(out, into) == [(1, 2)]
    assert pairs(out, late) == pairs(out, friend) == pairs(*by_upi) == []


def test_neither_on_one_account_nor_days_apart_nor_in_one_direction() -> None:
    transfer = leg(1, 1, "-500", Category.TRANSFER)
    assert pairs(transfer, leg(2, 1, "500")) == []
    assert pairs(transfer, leg(2, 2, "500", days=4)) == []
    assert pairs(transfer, leg(2, 2, "-500")) == []


def test_the_nearest_day_wins() -> None:
    near, far = leg(2, 2, "500", days=1), leg(3, 2, "500", days=3)
    assert pairs(leg(1, 1, "-500", Category.TRANSFER), far, near) == [(1, 2)]


def test_ten_thousand_ledgers_pair_each_leg_once_cancel_out_and_do_not_depend_on_order() -> None:
    """What is paired comes to nothing, so figures without transfers are those of all money but what moved inside."""
    rng = Random(17)
    kinds = list(Category)
    for _ in range(10_000):
        legs = [
            leg(
                number,
                rng.randint(1, 3),
                rng.choice(("-500", "500", "-700", "700")),
                rng.choice((*kinds, *[Category.TRANSFER] * 6)),
                rng.choice(("", "", "REF 123456789012", "REF 999999999999")),
                rng.randint(0, 6),
            )
            for number in range(1, rng.randint(1, 14))
        ]
        found = pair_transfers(legs)
        used = [side for pair in found for side in (pair.debit, pair.credit)]
        assert len(used) == len(set(used))
        by_id = {one.id: one for one in legs}
        assert sum(by_id[side].amount.amount for side in used) == 0
        for pair in found:
            out, into = by_id[pair.debit], by_id[pair.credit]
            assert out.amount.amount < 0 < into.amount.amount
            assert out.amount == -into.amount
            assert out.account_id != into.account_id
            assert abs((out.booked_on - into.booked_on).days) <= 3
        assert set(pair_transfers(rng.sample(legs, len(legs)))) == set(found)
        left = [one for one in legs if one.id not in used]
        assert not {repr(one) for one in pair_transfers(left)}, "a pair that could be made was not"
