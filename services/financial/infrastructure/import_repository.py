"""Records of imported files in PostgreSQL."""

from __future__ import annotations

import dataclasses

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.ids import ImportId
from services.financial.domain.transaction import StatementImport
from services.financial.infrastructure.tables import imports
from services.shared.domain.ids import AccountId


class PostgresImportRepository:
    """Implements ImportRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, record: StatementImport) -> None:
        """Insert the row; the columns have the names of the fields."""
        await self._connection.execute(insert(imports).values(**dataclasses.asdict(record)))

    async def formats(self, account_id: AccountId) -> dict[ImportId, str]:
        """Read the account's rows."""
        query = select(imports.c.id, imports.c.format).where(imports.c.account_id == account_id)
        return {ImportId(import_id): form for import_id, form in await self._connection.execute(query)}
