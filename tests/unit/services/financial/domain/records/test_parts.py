"""Splits, labels, own categories and cells: what holds for all of them."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping
from services.financial.domain.records.labels import clean_note, clean_tags
from services.financial.domain.records.own_category import OwnCategory
from services.financial.domain.records.parts import Part, largest_part, require_parts
from services.financial.domain.records.spreadsheet import guard, unguard
from services.financial.domain.summary import total_by
from services.financial.domain.transaction import CategorySource, Transaction
from services.shared.domain.errors import InvalidInputError, NiveshError
from services.shared.domain.ids import AccountId, TransactionId, UserId, new_uuid
from services.shared.domain.money import Money

NOW = datetime(2026, 11, 24, tzinfo=UTC)
CATEGORIES = [category for category in Category if category is not Category.TRANSFER]


def money(paise: int) -> Money:
    return Money(Decimal(paise) / 100)


def test_parts_conserve_money_and_nothing_else_is_a_split() -> None:
    """10,000 random splits against a ledger in paise: every category has its sum, and a paisa too much is refused."""
    rng = random.Random(3)
    for _ in range(10_000):
        sign = rng.choice((1, -1))
        sizes = [rng.randint(1, 10 ** rng.randint(1, 12)) for _ in range(rng.randint(2, 6))]
        kinds = rng.choices(CATEGORIES[:8], k=len(sizes))
        parts = tuple(Part(amount=money(sign * size), category=kind) for size, kind in zip(sizes, kinds, strict=True))
        ledger: Counter[str] = Counter()
        for size, kind in zip(sizes, kinds, strict=True):
            ledger[kind.value] += sign * size
        whole = money(sign * sum(sizes))
        require_parts(whole, parts)
        totals = total_by([_transaction(whole, parts)], Grouping.CATEGORY, "INR")
        assert {total.key: total.amount for total in totals} == {key: money(paise) for key, paise in ledger.items()}
        assert Money.total(total.amount for total in totals) == whole
        assert abs(largest_part(parts).amount.amount) == Decimal(max(sizes)) / 100
        with pytest.raises(InvalidInputError, match=r"is missing"):
            require_parts(whole + money(sign * rng.choice((1, -1))) if sum(sizes) > 2 else money(sign * 9), parts)


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [Part(amount=money(-100), category=Category.FUEL)],
        [Part(amount=money(-150), category=Category.FUEL), Part(amount=money(50), category=Category.FUEL)],
        [Part(amount=money(-100), category=Category.FUEL), Part(amount=money(0), category=Category.FUEL)],
        [Part(amount=money(-50), category=Category.FUEL), Part(amount=money(-50), category=Category.TRANSFER)],
        [Part(amount=money(-2), category=Category.FUEL)] * 51,
    ],
)
def test_what_is_no_split(parts: list[Part]) -> None:
    with pytest.raises(InvalidInputError):
        require_parts(money(-100), parts)


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_a_guarded_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert guard(text)[:1] not in set("=+-@\t\r\n")
    assert unguard(guard(text)) == text


@given(st.lists(st.text(max_size=45), max_size=25), st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_labels_are_clean_or_refused(tags: list[str], note: str) -> None:
    with suppress(NiveshError):
        kept = clean_tags(tags)
        assert clean_tags(kept) == kept
        assert all(0 < len(tag) <= 40 and not set(",;|") & set(tag) for tag in kept)
    with suppress(NiveshError):
        assert clean_note(clean_note(note)) == clean_note(note)


def test_tags_are_normalised() -> None:
    assert clean_tags(["#Goa  Trip", "goa trip", "Work"]) == ("goa trip", "work")
    for wrong in ("", " # ", "a,b", "a;b", "x" * 41):
        with pytest.raises(NiveshError):
            clean_tags([wrong])
    with pytest.raises(InvalidInputError):
        clean_tags([str(number) for number in range(21)])


def test_an_own_category_has_a_place_of_its_own() -> None:
    def make(name: str, parent: Category = Category.OTHER) -> OwnCategory:
        return OwnCategory.create(user_id=UserId(new_uuid()), name=name, parent=parent, now=NOW)

    assert make("  Pets  and vets ").name == "Pets and vets"
    for name, parent in (("Groceries", Category.OTHER), ("loan EMI", Category.OTHER), ("Own", Category.TRANSFER)):
        with pytest.raises(InvalidInputError):
            make(name, parent)


def _transaction(amount: Money, parts: tuple[Part, ...]) -> Transaction:
    return Transaction(
        id=TransactionId(new_uuid()),
        user_id=UserId(new_uuid()),
        account_id=AccountId(new_uuid()),
        booked_on=date(2026, 10, 1),
        amount=amount,
        narration="SHOP",
        payee="Shop",
        category=largest_part(parts).category,
        category_source=CategorySource.USER,
        rule_id="",
        reference="",
        balance_after=None,
        fingerprint=b"",
        occurrence=0,
        import_id=None,
        line_no=0,
        created_at=NOW,
        parts=parts,
    )
