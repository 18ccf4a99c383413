"""A search finds what contains the text, anywhere in payee, narration or note and in any letter case, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.readers import PageKey
from services.financial.domain.category import Category
from services.financial.domain.filters import Sort, TransactionFilter
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure import text_search
from services.financial.infrastructure.finance_reader import PostgresFinanceReader
from tests.integration.services.financial.records.conftest import Records

WORDS = ("Chai Point", "BIG BASKET", "चाय", "50% off", "under_score", "a/b", "Straße")
# Longer than an index can hold; the last word stands behind everything that it could.
LONG = " ".join(f"word{number}" for number in range(130)) + " needle"


@pytest.fixture(params=[1, 20_000], ids=["day by day", "in one span"])
def span(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many rows the first span is to have."""
    monkeypatch.setattr(text_search, "_FIRST_ROWS", request.param)


@pytest.fixture
async def everything(records: Records, postgres_engine: AsyncEngine) -> Sequence[Transaction]:
    rng = Random(4)
    for name in "ab":
        await records.open(name)
    for number in range(40):
        await records.enter(
            rng.choice("ab"),
            f"-{rng.randint(1, 5)}",
            f"{rng.choice(WORDS)} {number}",
            day=rng.randint(1, 28),
            category=rng.choice((Category.DINING, Category.GROCERIES)),
            note=(LONG + "चाय" * 60)[-1000:] if number % 9 == 0 else rng.choice(("", "with Asha")),
        )
    reader = PostgresFinanceReader(postgres_engine)
    return await reader.page(TransactionFilter(user_id=records.user_id), Sort.NEWEST, 200)


@pytest.mark.usefixtures("span")
async def test_it_finds_what_the_domain_says_in_pages_that_neither_repeat_nor_lose(
    records: Records, everything: Sequence[Transaction], postgres_engine: AsyncEngine
) -> None:
    me = records.user_id
    reader = PostgresFinanceReader(postgres_engine)
    found = 0
    for text in ("hai po", "BASKET", "big", "चाय", "0% O", "r_s", "a/b", "needle", "ord1", "asha", "ß", "nothing", "1"):
        for wanted in (
            TransactionFilter(user_id=me, text=text),
            TransactionFilter(user_id=me, payee=text),
            TransactionFilter(user_id=me, text=text, categories=frozenset({Category.DINING})),
            TransactionFilter(user_id=me, text=text, account_id=records.accounts["a"], start=date(2026, 10, 9)),
            TransactionFilter(user_id=me, text="with", payee=text, end=date(2026, 10, 20)),
        ):
            for sort, rows in ((Sort.NEWEST, everything), (Sort.OLDEST, everything[::-1])):
                pages = await _pages(reader, wanted, sort)
                assert pages == [one for one in rows if wanted.matches(one)], (text, wanted, sort)
                found += len(pages)
    assert found > 500


async def _pages(reader: PostgresFinanceReader, wanted: TransactionFilter, sort: Sort) -> list[Transaction]:
    rows: list[Transaction] = []
    after = None
    while page := await reader.page(wanted, sort, 3, after):
        rows += page
        last = page[-1]
        after = PageKey(last.booked_on, abs(last.amount.amount), last.id)
    return rows


async def test_totals_of_a_search_count_what_is_found(
    records: Records, everything: Sequence[Transaction], postgres_engine: AsyncEngine
) -> None:
    reader = PostgresFinanceReader(postgres_engine)
    for text in ("needle", "hai", "चाय", "nothing"):
        wanted = TransactionFilter(user_id=records.user_id, text=text)
        totals = await reader.match_totals(wanted)
        expected = sum(1 for one in everything if wanted.matches(one))
        assert (totals["INR"].count if totals else 0) == expected
