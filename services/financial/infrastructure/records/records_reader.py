"""What people added to their transactions, from PostgreSQL."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect
from services.financial.domain.records.history import TransactionVersion
from services.financial.domain.records.own_category import OwnCategory
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.records.history_repository import PostgresHistoryRepository
from services.financial.infrastructure.records.own_category_repository import PostgresOwnCategoryRepository
from services.financial.infrastructure.transaction_repository import PostgresTransactionRepository
from services.shared.domain.ids import TransactionId, UserId


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

    async def alike(self, user_id: UserId, days: int) -> tuple[list[Transaction], list[Transaction]]:
        """From the few entries by hand to the lines near them, by the index of the account's days."""
        async with connect(self._engine) as connection:
            found = await PostgresTransactionRepository(connection).alike(user_id, days)
        return [one for one in found if one.is_manual], [one for one in found if not one.is_manual]

    async def own_categories(self, user_id: UserId) -> list[OwnCategory]:
        """Read the rows by name."""
        async with connect(self._engine) as connection:
            return await PostgresOwnCategoryRepository(connection).list(user_id)
