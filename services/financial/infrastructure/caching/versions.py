"""How often a person's records have changed: what a cached figure is of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import BigInteger, Column, Table, Uuid, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.statements import Statement
from services.shared.domain.ids import UserId
from services.shared.infrastructure.metadata import metadata

finance_versions = Table(
    "finance_versions",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
)

# Asked before every cached figure.
_CURRENT: Final = Statement(
    select(finance_versions.c.version).where(finance_versions.c.user_id == bindparam("owner_id"))
)


async def count_change(connection: AsyncConnection, user_ids: Iterable[UserId]) -> None:
    """Count one more change of these people's records, in the transaction that makes it."""
    for user_id in sorted(set(user_ids)):
        statement = insert(finance_versions).values(user_id=user_id, version=1)
        await connection.execute(
            statement.on_conflict_do_update(
                index_elements=["user_id"], set_={"version": finance_versions.c.version + 1}
            )
        )


class PostgresFinanceVersions:
    """Reads the count of the changes that are committed."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def current(self, user_id: UserId) -> int:
        """The count now; 0 before the first change."""
        rows = await _CURRENT.rows(self._engine, {"owner_id": user_id})
        return int(rows[0]["version"]) if rows else 0
