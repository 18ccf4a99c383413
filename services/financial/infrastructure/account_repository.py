"""Accounts in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from sqlalchemy import Function, ScalarSelect, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.account import Account
from services.financial.domain.errors import AccountNameTakenError
from services.financial.domain.period import Period
from services.financial.domain.records.opening import OpeningChange
from services.financial.infrastructure.mappers import account_values, to_account
from services.financial.infrastructure.records.opening_rows import opening_values
from services.financial.infrastructure.records.tables import opening_changes
from services.financial.infrastructure.tables import accounts, transactions
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


class PostgresAccountRepository:
    """Implements AccountRepository on one connection; `on_locked` is told whose accounts are about to change."""

    def __init__(self, connection: AsyncConnection, on_locked: Callable[[UserId], None] = lambda _: None) -> None:
        self._connection = connection
        self._on_locked = on_locked

    async def add(self, account: Account) -> None:
        """Insert the row; the unique constraint on the name speaks as AccountNameTakenError."""
        try:
            await self._connection.execute(insert(accounts).values(**account_values(account)))
        except IntegrityError as error:
            if "uq_accounts_user_id" in str(error.orig):
                raise AccountNameTakenError(account.name) from error
            raise

    async def get(self, user_id: UserId, account_id: AccountId) -> Account | None:
        """Read the row if it is this person's."""
        query = select(accounts).where(accounts.c.id == account_id, accounts.c.user_id == user_id)
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else to_account(row)

    async def lock_all(self, user_id: UserId) -> list[Account]:
        """Lock the rows in the order of their ids, so that two units never wait for each other."""
        self._on_locked(user_id)
        query = select(accounts).where(accounts.c.user_id == user_id).order_by(accounts.c.id).with_for_update()
        return [to_account(row) for row in (await self._connection.execute(query)).mappings()]

    async def add_movements(self, account_id: AccountId, total: Money, count: int, days: Period) -> None:
        """Add to the running figures of the row."""
        first, last = accounts.c.first_transaction_on, accounts.c.last_transaction_on
        await self._connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(
                current_balance=accounts.c.current_balance + total.amount,
                transaction_count=accounts.c.transaction_count + count,
                first_transaction_on=func.least(first, days.start),
                last_transaction_on=func.greatest(last, days.end),
            )
        )

    async def restate(self, account_id: AccountId, difference: Money) -> None:
        """Add to both figures of the row."""
        c = accounts.c
        changed = {name: c[name] + difference.amount for name in ("opening_balance", "current_balance")}
        await self._connection.execute(update(accounts).where(c.id == account_id).values(changed))

    async def keep_opening_change(self, change: OpeningChange) -> None:
        """Insert the row."""
        await self._connection.execute(insert(opening_changes).values(**opening_values(change)))

    async def standing(self, account_id: AccountId) -> tuple[Decimal, int, date | None]:
        """Read the running figures of the row."""
        c = accounts.c
        query = select(c.current_balance, c.transaction_count, c.first_transaction_on).where(c.id == account_id)
        balance, count, first = (await self._connection.execute(query)).one()
        return balance, count, first

    async def adjust(self, account_id: AccountId, total: Money, count: int) -> None:
        """Add to the running figures, and look the days up in the index."""
        t = transactions.c

        def day(of: Function[date]) -> ScalarSelect[date]:
            return select(of).where(t.account_id == account_id).scalar_subquery()

        await self._connection.execute(
            update(accounts)
            .where(accounts.c.id == account_id)
            .values(
                current_balance=accounts.c.current_balance + total.amount,
                transaction_count=accounts.c.transaction_count + count,
                first_transaction_on=day(func.min(t.booked_on)),
                last_transaction_on=day(func.max(t.booked_on)),
            )
        )
