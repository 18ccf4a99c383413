"""Sums that are kept equal the transactions, whatever was done to them and in whatever order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.list_transactions import ListTransactionsRequest
from services.financial.application.open_account import OpenAccountRequest
from services.financial.application.records.add_transaction import AddTransactionRequest
from services.financial.application.records.delete_transaction import DeleteTransactionRequest
from services.financial.application.records.edit_transaction import EditTransactionRequest
from services.financial.application.records.recategorise_transactions import RecategoriseTransactionsRequest
from services.financial.application.records.restore_transaction import RestoreTransactionRequest
from services.financial.application.records.split_transaction import SplitTransactionRequest, WantedPart
from services.financial.application.rollups.check_figures import CheckFiguresRequest, FiguresCheckView
from services.financial.application.views import TransactionView
from services.financial.domain.account import AccountType
from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.domain.period import Month
from services.financial.infrastructure.finance_reader import PostgresFinanceReader
from services.financial.infrastructure.rollups.sums import summable
from services.financial.infrastructure.tables import accounts
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.errors import NiveshError
from services.shared.domain.ids import TransactionId, UserId
from services.shared.domain.money import Money
from tests.integration.services.financial.conftest import Books
from tests.integration.services.financial.investments.conftest import app_on
from tests.support.callers import client_of

SPENDING = (Category.GROCERIES, Category.DINING, Category.FUEL, Category.SHOPPING)
OPERATIONS = 45


def _file(rng: Random) -> bytes:
    days = sorted(date(2025, rng.randrange(1, 13), rng.randrange(1, 29)) for _ in range(rng.randrange(1, 12)))
    lines = [
        f"{day},SHOP {rng.randrange(7)},{rng.randrange(-90_000, 30_000) or 1}.{rng.randrange(100):02d}" for day in days
    ]
    return "\n".join(["Date,Narration,Amount", *lines, "2025-12-32,no such day,1.00"]).encode()


class Chance:
    """Does something at random; what is refused changes nothing."""

    def __init__(self, books: Books, rng: Random) -> None:
        self.books, self.rng = books, rng
        self.deleted: list[TransactionId] = []

    async def _any(self) -> TransactionView:
        """Any transaction; a new one where there is none."""
        request = ListTransactionsRequest(user_id=self.books.user_id, limit=200)
        while not (found := (await self.books.use_cases.list_transactions(request)).transactions):
            await self.add()
        return self.rng.choice(found)

    async def add(self) -> None:
        account, currency = self.rng.choice([("bank", "INR"), ("card", "INR"), ("dollars", "USD")])
        size = Decimal(self.rng.randrange(-90_000, 90_000) or 1) / 100
        await self.books.use_cases.records.add_transaction(
            AddTransactionRequest(
                user_id=self.books.user_id,
                account_id=self.books.accounts[account],
                booked_on=date(2025, self.rng.randrange(1, 13), self.rng.randrange(1, 29)),
                amount=Money(size, currency),
                description=f"Tea house {self.rng.randrange(9)}",
            )
        )

    async def load(self) -> None:
        await self.books.load(self.rng.choice(["bank", "card"]), _file(self.rng), partial=True)

    async def edit(self) -> None:
        one = await self._any()
        sign = -1 if one.amount < 0 else 1
        changes: dict[str, object] = {"category": self.rng.choice(SPENDING)}
        if self.rng.random() < 0.6:
            changes = {
                "booked_on": date(2025, self.rng.randrange(1, 13), 5),
                "amount": Decimal(self.rng.randrange(1, 9000)) * sign,
            }
        request = EditTransactionRequest(user_id=self.books.user_id, transaction_id=one.transaction_id, **changes)  # type: ignore[arg-type]
        await self.books.use_cases.records.edit_transaction(request)

    async def split(self) -> None:
        one = await self._any()
        first = (one.amount / 3).quantize(Decimal("0.01"))
        parts = [(first, self.rng.choice(SPENDING)), (one.amount - first, self.rng.choice(SPENDING))]
        await self.books.use_cases.records.split_transaction(
            SplitTransactionRequest(
                user_id=self.books.user_id,
                transaction_id=one.transaction_id,
                parts=[WantedPart(amount=abs(amount), category=category) for amount, category in parts],
            )
        )

    async def remove(self) -> None:
        one = await self._any()
        await self.books.use_cases.records.delete_transaction(
            DeleteTransactionRequest(user_id=self.books.user_id, transaction_id=one.transaction_id)
        )
        self.deleted.append(one.transaction_id)

    async def restore(self) -> None:
        which = self.deleted.pop() if self.deleted else (await self._any()).transaction_id
        await self.books.use_cases.records.restore_transaction(
            RestoreTransactionRequest(user_id=self.books.user_id, transaction_id=which, version=0)
        )

    async def recategorise(self) -> None:
        wanted = TransactionFilter(user_id=self.books.user_id, payee=f"{self.rng.randrange(9)}")
        await self.books.use_cases.records.recategorise_transactions(
            RecategoriseTransactionsRequest(wanted=wanted, category=self.rng.choice(SPENDING))
        )

    async def something(self) -> str:
        does: Callable[[], Awaitable[None]] = self.rng.choice(
            [self.add, self.load, self.edit, self.edit, self.split, self.remove, self.restore, self.recategorise]
        )
        try:
            await does()
        except NiveshError:
            return "refused"
        return does.__name__


async def _check(books: Books, *, repair: bool = False) -> FiguresCheckView:
    return await books.use_cases.check_figures(CheckFiguresRequest(user_id=books.user_id, repair=repair))


@pytest.fixture
async def several(books: Books) -> Books:
    await books.open("bank", opening="1000")
    await books.open("card", AccountType.CREDIT_CARD)
    view = await books.use_cases.open_account(
        OpenAccountRequest(
            user_id=books.user_id,
            account_type=AccountType.SAVINGS,
            name="dollars",
            institution="Bank",
            opening_balance=Money(Decimal(0), "USD"),
        )
    )
    books.accounts["dollars"] = view.account_id
    return books


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_after_any_operations(several: Books, postgres_engine: AsyncEngine, seed: int) -> None:
    chance = Chance(several, Random(seed))
    await chance.add()
    done = set()
    for _ in range(OPERATIONS):
        done.add(what := await chance.something())
        found = await _check(several)
        assert (found.wrong_sums, found.wrong_accounts) == (0, 0), what
    assert {"add", "load", "edit", "split", "recategorise"} <= done
    await _same_as_scanned(several.user_id, postgres_engine, chance.rng)


async def _same_as_scanned(user_id: UserId, engine: AsyncEngine, rng: Random) -> None:
    """Each figure equals the one from the rows: a size of at least zero makes the reader look at them."""
    reader = PostgresFinanceReader(engine)
    every = {"user_id": user_id, "min_amount": Decimal(0)}
    for _ in range(25):
        days = sorted(date(2025, rng.randrange(1, 13), rng.randrange(1, 29)) for _ in range(2))
        bounds: dict[str, object] = {"start": rng.choice([None, days[0]]), "end": rng.choice([None, days[1]])}
        bounds |= {"categories": rng.choice([None, frozenset(SPENDING[:2])])}
        kept, scanned = TransactionFilter(user_id=user_id, **bounds), TransactionFilter(**every, **bounds)  # type: ignore[arg-type]
        assert (summable(kept), summable(scanned)) == (True, False)
        for grouping in (Grouping.CATEGORY, Grouping.MONTH, Grouping.ACCOUNT, Grouping.NONE):
            for currency in ("INR", "USD"):
                assert await reader.totals(kept, grouping, currency) == await reader.totals(scanned, grouping, currency)
        assert await reader.match_totals(kept) == await reader.match_totals(scanned)
        for standing in await reader.standings(user_id, days[0]):
            until = TransactionFilter(**every, account_id=standing.account.id, end=days[0])  # type: ignore[arg-type]
            moved = await reader.totals(until, Grouping.NONE, standing.account.currency)
            sums = (moved[0].amount, moved[0].count) if moved else (Money.zero(standing.account.currency), 0)
            assert (standing.balance - standing.account.opening_balance, standing.transactions) == sums


async def test_what_differs_is_found_and_made_anew(several: Books, postgres_engine: AsyncEngine) -> None:
    chance = Chance(several, Random(9))
    for _ in range(4):
        await chance.add()
    async with postgres_engine.begin() as connection:
        ids = {"a": several.accounts["bank"], "b": several.accounts["dollars"], "c": several.accounts["card"]}
        await connection.execute(
            text("UPDATE transaction_months SET amount = amount + 1 WHERE account_id IN (:a, :b, :c)"), ids
        )
        await connection.execute(text("UPDATE accounts SET current_balance = 7 WHERE id = :a"), ids)
    found = await _check(several)
    assert found.wrong_sums > 0
    assert (found.wrong_accounts, found.repaired) == (1, False)
    assert await _check(several, repair=True) == FiguresCheckView(found.wrong_sums, 1, repaired=True)
    assert await _check(several) == FiguresCheckView(0, 0, repaired=False)


async def test_sums_go_with_their_account(several: Books, postgres_engine: AsyncEngine) -> None:
    chance = Chance(several, Random(4))
    for _ in range(6):
        await chance.add()
    async with postgres_engine.begin() as connection:
        await connection.execute(delete(accounts).where(accounts.c.user_id == several.user_id))
        left = await connection.execute(
            text("SELECT count(*) FROM transaction_months WHERE account_id = ANY(:ids)"),
            {"ids": list(several.accounts.values())},
        )
        assert left.scalar_one() == 0


async def test_text_is_found_as_the_domain_finds_it(postgres_engine: AsyncEngine, books: Books) -> None:
    await books.open("bank")
    use_cases = build_use_cases(postgres_engine)
    for description, note in (("CAFÉ NOIR 100%", ""), ("cafe_noir", "Über/alles"), ("Tea", "with CAFÉ noir")):
        await use_cases.records.add_transaction(
            AddTransactionRequest(
                user_id=books.user_id,
                account_id=books.accounts["bank"],
                booked_on=date(2025, 5, 5),
                amount=Money(Decimal(-5)),
                description=description,
                note=note,
            )
        )
    reader = PostgresFinanceReader(postgres_engine)
    rows = await reader.since(books.user_id, Month(2025, 5).first)
    for wanted in ("café", "CAFÉ NOIR", "0%", "e_n", "er/al", "%", "_", "/", "\\", "über", "noir 1", "tea", "zzz"):
        asked = TransactionFilter(user_id=books.user_id, text=wanted)
        expected = sum(asked.matches(row) for row in rows)
        assert sum(total.count for total in (await reader.match_totals(asked)).values()) == expected, wanted


async def test_the_check_over_http(several: Books, postgres_engine: AsyncEngine) -> None:
    await Chance(several, Random(10)).add()
    async with client_of(app_on(postgres_engine), several.user_id) as client:
        right = {"wrong_sums": 0, "wrong_accounts": 0, "repaired": False}
        assert (await client.get("/finance/check")).json() == right
        async with postgres_engine.begin() as connection:
            wrong = text("UPDATE accounts SET current_balance = current_balance + 1 WHERE id = :id")
            await connection.execute(wrong, {"id": several.accounts["bank"]})
        assert (await client.get("/finance/check")).json() == right | {"wrong_accounts": 1}
        repaired = await client.post("/finance/check/repair")
        assert repaired.json() == right | {"wrong_accounts": 1, "repaired": True}
        assert (await client.get("/finance/check")).json() == right
