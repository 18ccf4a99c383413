"""What people added to their transactions, from PostgreSQL."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect
from services.financial.domain.account import Account
from services.financial.domain.records.history import TransactionVersion
from services.financial.domain.records.opening import OpeningChange
from services.financial.domain.records.own_category import OwnCategory
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.account_repository import PostgresAccountRepository
from services.financial.infrastructure.records.history_repository import PostgresHistoryRepository
from services.financial.infrastructure.records.opening_rows import to_opening_change
from services.financial.infrastructure.records.own_category_repository import PostgresOwnCategoryRepository
from services.financial.infrastructure.records.tables import opening_changes
from services.financial.infrastructure.transaction_repository import PostgresTransactionRepository
from services.shared.domain.ids import AccountId, TransactionId, UserId

_OPENINGS: Final = (
    select(opening_changes)
    .where(opening_changes.c.account_id == bindparam("of_account"))
    .order_by(opening_changes.c.id)
)


class PostgresRecordsReader:
    """Implements RecordsReader; every read takes a connection of its own from the pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def transaction(self, user_id: UserId, transaction_id: TransactionId) -> Transaction | None:
        """Read the row if it is this person's."""
        async with connect(self._engine) as connection:
            return await PostgresTransactionRepository(connection).get(user_id, transaction_id)

    async def history(self, user_id: UserId, transaction_id: TransactionId) -> list[TransactionVersion]:
        """Read the rows in order."""
        async with connect(self._engine) as connection:
            return await PostgresHistoryRepository(connection).list(user_id, transaction_id)

    async def openings(self, user_id: UserId, account_id: AccountId) -> tuple[Account, list[OpeningChange]] | None:
        """Read the account and then its changes, by the index, in order."""
        async with connect(self._engine) as connection:
            account = await PostgresAccountRepository(connection).get(user_id, account_id)
            if account is None:
                return None
            rows = (await connection.execute(_OPENINGS, {"of_account": account_id})).mappings()
            return account, [to_opening_change(row, account.currency) for row in rows]

    async def alike(self, user_id: UserId, days: int) -> tuple[list[Transaction], list[Transaction]]:
        """From the few entries by hand to the lines near them, by the index of the account's days."""
        async with connect(self._engine) as connection:
            found = await PostgresTransactionRepository(connection).alike(user_id, days)
        return [one for one in found if one.is_manual], [one for one in found if not one.is_manual]

    async def own_categories(self, user_id: UserId) -> list[OwnCategory]:
        """Read the rows by name."""
        async with connect(self._engine) as connection:
            return await PostgresOwnCategoryRepository(connection).list(user_id)
