"""The history of transactions in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.records.history import TransactionVersion
from services.financial.infrastructure.records.history_rows import to_version, version_values
from services.financial.infrastructure.records.tables import transaction_versions
from services.shared.domain.ids import TransactionId, UserId

_V = transaction_versions.c
_BATCH: Final = 10_000


class PostgresHistoryRepository:
    """Implements HistoryRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, versions: Sequence[TransactionVersion]) -> None:
        """Insert the rows in one batch."""
        if versions:
            await self._connection.execute(insert(transaction_versions), [version_values(one) for one in versions])

    async def list(self, user_id: UserId, transaction_id: TransactionId) -> list[TransactionVersion]:
        """Read the rows in order."""
        query = select(transaction_versions).where(_V.transaction_id == transaction_id, _V.user_id == user_id)
        return [to_version(row) for row in (await self._connection.execute(query.order_by(_V.version))).mappings()]

    async def latest(self, ids: Sequence[TransactionId]) -> dict[TransactionId, int]:
        """Read the highest numbers from the primary key, 10,000 transactions at a time."""
        found: dict[TransactionId, int] = {}
        for start in range(0, len(ids), _BATCH):
            some = _V.transaction_id.in_(ids[start : start + _BATCH])
            query = select(_V.transaction_id, func.max(_V.version)).where(some).group_by(_V.transaction_id)
            found |= {TransactionId(key): number for key, number in await self._connection.execute(query)}
        return found
