"""What every financial unit of work must do; on the embedded PostgreSQL, or on a server by URL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.domain.account import Account, AccountType
from services.financial.domain.categorisation import RuleField
from services.financial.domain.category import Category
from services.financial.domain.errors import AccountNameTakenError
from services.financial.domain.ids import ImportId
from services.financial.domain.period import Period
from services.financial.domain.repositories import UnitOfWorkFactory
from services.financial.domain.transaction import CategorySource, StatementImport, Transaction, fingerprint
from services.financial.infrastructure.unit_of_work import PostgresFinancialUnitOfWork
from services.shared.domain.ids import TransactionId, UserId, new_uuid
from services.shared.domain.money import Money

NOW = datetime(2026, 11, 24, tzinfo=UTC)
MONTH = Period(date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def unit_of_work(postgres_engine: AsyncEngine) -> UnitOfWorkFactory:
    return lambda: PostgresFinancialUnitOfWork(postgres_engine)


def an_account(user_id: UserId, name: str = "Salary") -> Account:
    return Account.open(
        user_id=user_id,
        account_type=AccountType.SAVINGS,
        name=name,
        institution="HDFC Bank",
        opening_balance=Money(Decimal("100.00")),
        now=NOW,
    )


def a_transaction(
    account: Account, amount: str, day: int = 10, narration: str = "TEA", occurrence: int = 0
) -> Transaction:
    booked_on, money = date(2026, 10, day), Money(Decimal(amount))
    return Transaction(
        id=TransactionId(new_uuid()),
        user_id=account.user_id,
        account_id=account.id,
        booked_on=booked_on,
        amount=money,
        narration=narration,
        payee=narration,
        category=Category.OTHER,
        category_source=CategorySource.DEFAULT,
        rule_id="",
        reference="",
        balance_after=None,
        fingerprint=fingerprint(booked_on, money, narration, ""),
        occurrence=occurrence,
        import_id=ImportId(new_uuid()),
        line_no=1,
        created_at=NOW,
    )


def an_import(row: Transaction) -> StatementImport:
    return StatementImport(
        id=row.import_id or ImportId(new_uuid()),
        user_id=row.user_id,
        account_id=row.account_id,
        filename="statement.csv",
        format="generic-csv",
        content_sha256=bytes(32),
        imported=1,
        duplicates=0,
        rejected=0,
        created_at=NOW,
    )


async def keep(unit_of_work: UnitOfWorkFactory, *accounts: Account, rows: tuple[Transaction, ...] = ()) -> None:
    async with unit_of_work() as unit:
        for account in accounts:
            await unit.accounts.add(account)
        for row in rows:
            await unit.imports.add(an_import(row))
        if rows:
            await unit.transactions.add_all(rows, lambda _: None)
        await unit.commit()


async def test_an_account_comes_back_to_its_owner_alone(unit_of_work: UnitOfWorkFactory, unique_user: UserId) -> None:
    account = an_account(unique_user)
    await keep(unit_of_work, account)
    async with unit_of_work() as unit:
        assert await unit.accounts.get(unique_user, account.id) == account
        assert await unit.accounts.lock_all(unique_user) == [account]
        assert await unit.accounts.get(UserId(new_uuid()), account.id) is None


async def test_a_name_is_taken_once_by_each_person(unit_of_work: UnitOfWorkFactory, unique_user: UserId) -> None:
    await keep(unit_of_work, an_account(unique_user, "Salary"))
    with pytest.raises(AccountNameTakenError):
        await keep(unit_of_work, an_account(unique_user, "Salary"))
    await keep(unit_of_work, an_account(UserId(new_uuid()), "Salary"))


async def test_nothing_is_kept_without_a_commit(unit_of_work: UnitOfWorkFactory, unique_user: UserId) -> None:
    account = an_account(unique_user)
    async with unit_of_work() as unit:
        await unit.accounts.add(account)
    async with unit_of_work() as unit:
        assert await unit.accounts.get(unique_user, account.id) is None


async def test_transactions_come_back_exactly(unit_of_work: UnitOfWorkFactory, unique_user: UserId) -> None:
    account = an_account(unique_user)
    row = replace(a_transaction(account, "-40.55"), balance_after=Money(Decimal("59.45")), reference="R1")
    await keep(unit_of_work, account, rows=(row, a_transaction(account, "-40.55", occurrence=1)))
    async with unit_of_work() as unit:
        assert await unit.transactions.get(unique_user, row.id) == row
        assert await unit.transactions.get(UserId(new_uuid()), row.id) is None
        assert await unit.transactions.sum_until(account.id, date(2026, 10, 9), "INR") == Money.zero()
        assert await unit.transactions.sum_until(account.id, date(2026, 10, 10), "INR") == Money(Decimal("-81.10"))
        known = await unit.transactions.known_lines(account.id, MONTH, "INR")
        assert sorted(line.occurrence for line in known) == [0, 1]


async def test_mirrored_amounts_are_found_across_accounts_and_nowhere_else(
    unit_of_work: UnitOfWorkFactory, unique_user: UserId
) -> None:
    one, two = an_account(unique_user, "One"), an_account(unique_user, "Two")
    out, into = a_transaction(one, "-500", 10), a_transaction(two, "500", 12)
    late, same = a_transaction(two, "500", 20), a_transaction(one, "500", 11)
    await keep(unit_of_work, one, two, rows=(out, into, late, same))
    async with unit_of_work() as unit:
        found = await unit.transactions.mirrored(unique_user, MONTH, 3)
        assert {row.id for row in found} == {out.id, into.id}
        assert await unit.transactions.mirrored(UserId(new_uuid()), MONTH, 3) == []


async def test_categories_are_saved_and_words_are_found(unit_of_work: UnitOfWorkFactory, unique_user: UserId) -> None:
    account = an_account(unique_user)
    row = a_transaction(account, "-40", narration="Sharma 100% Dairy")
    await keep(unit_of_work, account, rows=(row,))
    changed = row.recategorised(Category.GROCERIES, CategorySource.RULE, "groceries.words")
    async with unit_of_work() as unit:
        await unit.transactions.save_categories([changed])
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.transactions.with_rule(unique_user, "groceries.words") == [changed]
        for words, found in (
            (["dairy", "SHARMA"], True),
            (["100%"], True),
            (["%"], True),
            (["_"], False),
            (["x"], False),
        ):
            expected = [changed] if found else []
            assert await unit.transactions.having_words(unique_user, RuleField.PAYEE, words) == expected
