"""Transfers between own accounts: found by evidence, never by amount alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.financial.domain.category import Category
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


def test_neither_on_one_account_nor_days_apart_nor_in_one_direction() -> None:
    transfer = leg(1, 1, "-500", Category.TRANSFER)
    assert pairs(transfer, leg(2, 1, "500")) == []
    assert pairs(transfer, leg(2, 2, "500", days=4)) == []
    assert pairs(transfer, leg(2, 2, "-500")) == []


def test_the_nearest_day_wins() -> None:
    near, far = leg(2, 2, "500", days=1), leg(3, 2, "500", days=3)
    assert pairs(leg(1, 1, "-500", Category.TRANSFER), far, near) == [(1, 2)]


CANDIDATES = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.sampled_from(["-500", "500", "-700", "700"]),
        st.sampled_from(list(Category)),
        st.sampled_from(["", "REF 123456789012", "REF 999999999999"]),
        st.integers(0, 6),
    ),
    max_size=20,
)


@given(CANDIDATES, st.integers())
def test_each_leg_is_in_one_pair_sums_cancel_and_order_does_not_matter(
    drawn: Sequence[tuple[int, str, Category, str, int]], seed: int
) -> None:
    legs = [leg(number, *one) for number, one in enumerate(drawn, start=1)]
    found = pair_transfers(legs)
    used = [side for pair in found for side in (pair.debit, pair.credit)]
    assert len(used) == len(set(used))
    by_id = {one.id: one for one in legs}
    for pair in found:
        assert by_id[pair.debit].amount == -by_id[pair.credit].amount
        assert by_id[pair.debit].account_id != by_id[pair.credit].account_id
    shuffled = Random(seed).sample(legs, len(legs))
    assert sorted(map(repr, pair_transfers(shuffled))) == sorted(map(repr, found))
