"""Figures count a split transaction by its parts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.flows import FlowRequest
from services.financial.application.search_transactions import SearchTransactionsRequest
from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping, Sort, TransactionFilter
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.period import Period
from services.financial.domain.summary import total_by
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.finance_reader import PostgresFinanceReader
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import TransactionId, new_uuid
from tests.integration.services.financial.records.conftest import STATEMENT, Records

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


async def spending(records: Records, **wanted: object) -> dict[str, Decimal]:
    request = FlowRequest(user_id=records.user_id, period=OCTOBER, **wanted)  # type: ignore[arg-type]
    return {group.key: group.amount for group in (await records.use_cases.get_spending(request)).groups}


async def test_a_split_moves_money_between_categories_and_together_again_it_is_as_before(records: Records) -> None:
    await records.open("a")
    await records.load("a", STATEMENT)
    shop = next(one for payee, one in (await records.all()).items() if "dmart" in payee.lower())
    before = await spending(records)
    split = await records.split(
        shop.transaction_id, ("-700.50", Category.GROCERIES), ("-199.50", Category.HEALTH), ("-100", Category.GIFTS)
    )
    assert split.parts is not None
    assert [part.amount for part in split.parts] == [Decimal("-700.50"), Decimal("-199.50"), Decimal("-100.00")]
    after = await spending(records)
    assert after["groceries"] == Decimal("700.50")
    assert (after["health"], after["gifts"]) == (Decimal("199.50"), Decimal("100.00"))
    assert sum(after.values()) == sum(before.values()) == Decimal("1040.00")
    assert await spending(records, category=Category.HEALTH) == {"health": Decimal("199.50")}
    assert await spending(records, group_by=Grouping.MONTH) == {"2026-10": Decimal("1040.00")}
    found = await records.use_cases.search_transactions(
        SearchTransactionsRequest(user_id=records.user_id, category=Category.HEALTH)
    )
    assert (found.count, found.total_debit) == (1, Decimal("199.50"))
    assert [one.transaction_id for one in found.transactions] == [shop.transaction_id]
    await records.split(shop.transaction_id)
    assert (await records.get(shop.transaction_id)).parts is None
    assert (await spending(records))["groceries"] == Decimal("1000.00")


@pytest.mark.parametrize("last", ["-299.99", "-300.01", "300"])
async def test_parts_that_do_not_add_up_change_nothing(records: Records, last: str) -> None:
    await records.open("a")
    await records.load("a", STATEMENT)
    shop = (await records.all()).popitem()[1]
    with pytest.raises(InvalidInputError):
        await records.split(shop.transaction_id, ("-700", Category.GROCERIES), (last, Category.HEALTH))
    assert (await records.get(shop.transaction_id)) == shop


async def test_every_figure_agrees_with_counting_by_hand(records: Records, postgres_engine: AsyncEngine) -> None:
    """Random splits, own categories and tags; the database against plain loops over the same transactions."""
    rng = random.Random(19)
    await records.open("a")
    await records.open("b")
    pets = await records.category("Pets", Category.OTHER)
    categories = [one for one in Category if one is not Category.TRANSFER]
    for number in range(60):
        amount = rng.choice((-1, 1)) * rng.randint(100, 90_000)
        own = pets if number % 7 == 0 else None
        one = await records.enter(
            rng.choice("ab"),
            f"{Decimal(amount) / 100:f}",
            f"thing {rng.randint(0, 9)}",
            day=rng.randint(1, 28),
            category=None if own else rng.choice(categories),
            own_category_id=own,
            tags=("x",) if number % 5 == 0 else (),
        )
        if number % 3 == 0:
            await _split_at_random(records, rng, one.transaction_id, amount, categories)
    reader = PostgresFinanceReader(postgres_engine)
    everything = await reader.page(TransactionFilter(user_id=records.user_id), Sort.OLDEST, 200)
    assert len(everything) == 60
    assert sum(bool(one.parts) for one in everything) == 20
    for wanted in _filters(records, pets):
        for grouping in Grouping:
            told_apart = grouping in (Grouping.CATEGORY, Grouping.OWN_CATEGORY) or wanted != _whole(wanted)
            rows = _entries(everything, wanted) if told_apart else [one for one in everything if wanted.matches(one)]
            expected = total_by(rows, grouping, "INR")
            assert await reader.totals(wanted, grouping, "INR") == expected, (wanted, grouping)
        page = await reader.page(wanted, Sort.OLDEST, 200)
        assert page == [one for one in everything if wanted.matches(one)]
        totals = await reader.match_totals(wanted)
        assert (totals["INR"].count if totals else 0) == len(page)
        debits = -sum(one.amount.amount for one in _entries(everything, wanted) if one.amount.amount < 0)
        assert (totals["INR"].debit.amount if totals else 0) == debits


async def _split_at_random(
    records: Records, rng: random.Random, transaction_id: TransactionId, paise: int, categories: Sequence[Category]
) -> None:
    sign = 1 if paise > 0 else -1
    cuts = sorted(rng.sample(range(1, abs(paise)), rng.randint(1, 4)))
    sizes = [right - left for left, right in zip([0, *cuts], [*cuts, abs(paise)], strict=True)]
    parts = [(f"{Decimal(sign * size) / 100:f}", rng.choice(categories)) for size in sizes]
    await records.split(transaction_id, *parts)


def _filters(records: Records, pets: OwnCategoryId) -> list[TransactionFilter]:
    me = records.user_id
    some = frozenset({Category.GROCERIES, Category.SALARY, Category.OTHER, Category.FUEL})
    return [
        TransactionFilter(user_id=me),
        TransactionFilter(user_id=me, categories=some),
        TransactionFilter(user_id=me, categories=frozenset({Category.HEALTH}), start=date(2026, 10, 10)),
        TransactionFilter(user_id=me, own_category_ids=frozenset({pets})),
        TransactionFilter(user_id=me, tags=frozenset({"x"}), categories=some),
        TransactionFilter(user_id=me, tags=frozenset({"y"})),
        TransactionFilter(user_id=me, account_id=records.accounts["a"], payee="thing 3"),
        TransactionFilter(user_id=me, own_category_ids=frozenset({OwnCategoryId(new_uuid())})),
    ]


def _whole(wanted: TransactionFilter) -> TransactionFilter:
    return replace(wanted, categories=None, own_category_ids=None)


def _entries(everything: Sequence[Transaction], wanted: TransactionFilter) -> list[Transaction]:
    """What the figures count: whole transactions, and of split ones the parts that are meant."""
    result = []
    for one in everything:
        if not _whole(wanted).matches(one):
            continue
        for entry in one.parts or (one,):
            single = replace(
                one, amount=entry.amount, category=entry.category, own_category=entry.own_category, parts=()
            )
            if wanted.matches(single):
                result.append(single)
    return result
