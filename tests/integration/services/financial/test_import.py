"""Importing: nothing twice, nothing half, nothing of another person's."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from data.sample import generate_household
from services.financial.application.add_category_rule import AddCategoryRuleRequest
from services.financial.application.get_account import GetAccountRequest
from services.financial.application.list_transactions import ListTransactionsRequest
from services.financial.application.recategorise_transaction import RecategoriseTransactionRequest
from services.financial.domain.account import AccountType
from services.financial.domain.category import Category
from services.financial.domain.errors import (
    AccountNotFoundError,
    AccountUncertainError,
    StatementMismatchError,
    StatementRejectedError,
)
from services.financial.infrastructure.tables import transactions
from services.financial.infrastructure.wiring import build_use_cases
from services.shared.domain.ids import UserId, new_uuid
from tests.integration.services.financial.conftest import Books

HEADER = b"Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance\n"
TEA = b"01/10/26,UPI-CHAI POINT-chai@ybl-UTIB0000553-413748477718-UPI,0000000000000000,01/10/26,40.00,,960.00\n"
MORE = b"02/10/26,UPI-ZOMATO-z@ybl-UTIB0000553-413748477719-UPI,0000000000000001,02/10/26,60.00,,900.00\n"


async def rows_of(engine: AsyncEngine, user_id: UserId) -> int:
    query = select(func.count()).select_from(transactions).where(transactions.c.user_id == user_id)
    async with engine.connect() as connection:
        return int((await connection.execute(query)).scalar_one())


async def test_a_file_again_and_an_overlapping_one_add_nothing_twice(books: Books) -> None:
    await books.open("a")
    first = await books.load("a", HEADER + TEA + MORE)
    assert (first.imported, first.duplicates) == (2, 0)
    again = await books.load("a", HEADER + TEA + MORE)
    assert (again.imported, again.duplicates) == (0, 2)
    third = MORE.replace(b"02/10/26", b"03/10/26")
    overlapping = await books.load("a", HEADER + MORE + third)
    assert (overlapping.imported, overlapping.duplicates) == (1, 1)


async def test_two_equal_lines_in_one_file_are_two_transactions(books: Books, postgres_engine: AsyncEngine) -> None:
    await books.open("a")
    twice = HEADER + TEA + TEA.replace(b"960.00", b"920.00")
    assert (await books.load("a", twice)).imported == 2
    assert (await books.load("a", twice)).duplicates == 2
    assert await rows_of(postgres_engine, books.user_id) == 2


@pytest.mark.parametrize("forms", [("csv", "ofx"), ("ofx", "csv")])
async def test_two_forms_of_one_statement_are_one(books: Books, forms: tuple[str, str]) -> None:
    household = generate_household(7, end=date(2026, 10, 20), months=3)
    files = {"csv": household.exports["sbi_savings.csv"], "ofx": household.ofx("sbi", version=1)}
    await books.open("a", institution="SBI", opening=str(household.truth.opening["sbi"]))
    first = await books.load("a", files[forms[0]])
    second = await books.load("a", files[forms[1]])
    assert (second.imported, second.duplicates, second.warnings) == (0, first.imported, ())


async def test_both_exports_of_a_card_are_one(books: Books) -> None:
    header = b"Date,Sr.No.,Transaction Details,Reward Point Header,Intl.Amount,Amount(in Rs),BillingAmountSign\n"
    monthly = b"01/10/2026,11600218774,SWIGGY IN,0,0,327.00,\n03/10/2026,11600218799,REFUND IN,0,0,50.00,CR\n"
    by_dates = b"01-OCT-26,1,SWIGGY IN,0,0.00,327.00,327.00\n03-OCT-26,2,REFUND IN,0,0.00,-50.00,-50.00\n"
    await books.open("a", AccountType.CREDIT_CARD, "ICICI Bank")
    assert (await books.load("a", header + monthly)).imported == 2
    assert (await books.load("a", header + by_dates)).duplicates == 2
    assert (await books.load("a", header + monthly)).duplicates == 2


async def test_a_line_that_only_the_other_form_has_is_new(books: Books) -> None:
    await books.open("a", opening="1000.00")
    await books.load("a", HEADER + TEA)
    other = b"Date,Details,Debit,Credit\n01/10/2026,CHAI POINT,40.00,\n01/10/2026,CHAI AGAIN,40.00,\n"
    assert (await books.load("a", other)).imported == 1
    assert (await books.load("a", other)).imported == 0


async def test_one_bad_line_stops_the_file_unless_partial(books: Books, postgres_engine: AsyncEngine) -> None:
    await books.open("a")
    bad = HEADER + TEA + MORE.replace(b"60.00", b"sixty", 1)
    with pytest.raises(StatementRejectedError) as raised:
        await books.load("a", bad)
    assert raised.value.extra["rejected_count"] == 1
    assert await rows_of(postgres_engine, books.user_id) == 0
    partial = await books.load("a", bad, partial=True)
    assert (partial.imported, [line.line for line in partial.rejected]) == (1, [3])


async def test_an_account_opened_with_nothing_takes_over_what_its_first_statement_begins_with(books: Books) -> None:
    await books.open("a")
    (told,) = (await books.load("a", HEADER + TEA)).warnings
    assert "1000.00" in told
    assert (await books.load("a", HEADER + TEA + MORE)).warnings == ()
    account = await books.use_cases.get_account(
        GetAccountRequest(user_id=books.user_id, account_id=books.accounts["a"])
    )
    assert account.balance == Decimal("900.00")


@pytest.mark.parametrize("opening", ["0", "960.00", "1000.00"])
async def test_an_older_statement_may_come_after_a_newer_one(books: Books, opening: str) -> None:
    await books.open("a", opening=opening)
    newer = await books.load("a", HEADER + MORE)
    assert bool(newer.warnings) is (opening != "960.00")
    assert (await books.load("a", HEADER + TEA)).warnings == ()
    assert (await books.load("a", HEADER + TEA + MORE)).warnings == ()
    account = await books.use_cases.get_account(
        GetAccountRequest(user_id=books.user_id, account_id=books.accounts["a"])
    )
    assert account.balance == Decimal("900.00")


async def test_a_guessed_account_must_fit_the_statement(books: Books) -> None:
    await books.open("a", opening="1000.00")
    other = HEADER + MORE.replace(b"900.00", b"77.00")
    assert (await books.load("a", HEADER + TEA, guessed=True)).imported == 1
    with pytest.raises(AccountUncertainError):
        await books.load("a", other, guessed=True)
    assert (await books.load("a", HEADER + MORE, guessed=True)).imported == 1
    assert len((await books.load("a", other)).warnings) == 1


async def test_a_card_statement_does_not_go_into_a_savings_account(books: Books) -> None:
    household = generate_household(1, end=date(2026, 10, 20), months=3)
    await books.open("a")
    with pytest.raises(StatementMismatchError):
        await books.load("a", household.exports["icici_card.csv"])


async def test_another_persons_account_is_not_there(books: Books, postgres_engine: AsyncEngine) -> None:
    await books.open("a")
    stranger = Books(build_use_cases(postgres_engine), UserId(new_uuid()), dict(books.accounts))
    with pytest.raises(AccountNotFoundError):
        await stranger.load("a", HEADER + TEA)


async def test_concurrent_imports_of_one_file_add_it_once(books: Books, postgres_engine: AsyncEngine) -> None:
    await books.open("a")
    views = await asyncio.gather(*(books.load("a", HEADER + TEA + MORE) for _ in range(4)))
    assert sorted(view.imported for view in views) == [0, 0, 0, 2]
    assert await rows_of(postgres_engine, books.user_id) == 2


async def test_an_import_that_is_cancelled_leaves_nothing(books: Books, postgres_engine: AsyncEngine) -> None:
    household = generate_household(2, end=date(2026, 10, 20))
    await books.open("a")
    loading = asyncio.create_task(books.load("a", household.exports["hdfc_savings.csv"]))
    for _ in range(5):
        await asyncio.sleep(0)
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    assert await rows_of(postgres_engine, books.user_id) == 0
    assert (await books.load("a", household.exports["hdfc_savings.csv"])).duplicates == 0


async def test_the_fact_leaves_with_the_rows(books: Books, postgres_engine: AsyncEngine) -> None:
    await books.open("a")
    await books.load("a", HEADER + TEA)
    query = (
        select(outbox.c.name, outbox.c.payload).where(outbox.c.key == str(books.user_id)).order_by(outbox.c.position)
    )
    async with postgres_engine.connect() as connection:
        events = [(name, payload.get("imported")) for name, payload in await connection.execute(query)]
    assert events == [("AccountOpened", None), ("StatementImported", 1), ("TransactionsRecorded", None)]


async def test_the_persons_word_on_a_category_is_final_and_rules_of_ones_own_come_first(books: Books) -> None:
    await books.open("a")
    await books.load("a", HEADER + TEA + MORE)
    page = await books.use_cases.list_transactions(ListTransactionsRequest(user_id=books.user_id))
    zomato, tea = page.transactions
    assert (zomato.category, tea.category) == (Category.DINING, Category.DINING)
    await books.use_cases.recategorise_transaction(
        RecategoriseTransactionRequest(
            user_id=books.user_id, transaction_id=tea.transaction_id, category=Category.GIFTS
        )
    )
    rule = await books.use_cases.add_category_rule(
        AddCategoryRuleRequest(user_id=books.user_id, pattern="zomato", category=Category.GROCERIES)
    )
    assert rule.recategorised == 1
    await books.use_cases.add_category_rule(
        AddCategoryRuleRequest(user_id=books.user_id, pattern="chai", category=Category.HEALTH)
    )
    page = await books.use_cases.list_transactions(ListTransactionsRequest(user_id=books.user_id))
    assert [row.category for row in page.transactions] == [Category.GROCERIES, Category.GIFTS]


async def test_pages_neither_repeat_nor_lose_rows(books: Books) -> None:
    household = generate_household(4, end=date(2026, 10, 20), months=3)
    await books.open("a", opening="0")
    await books.load("a", household.exports["hdfc_savings.csv"])
    seen: list[object] = []
    cursor = None
    while True:
        page = await books.use_cases.list_transactions(
            ListTransactionsRequest(user_id=books.user_id, cursor=cursor, limit=7)
        )
        seen += [row.transaction_id for row in page.transactions]
        if (cursor := page.next_cursor) is None:
            break
    assert len(seen) == len(set(seen)) == len(household.truth.rows("hdfc"))
