"""Records of imported files in PostgreSQL."""

from __future__ import annotations

import dataclasses

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.transaction import StatementImport
from services.financial.infrastructure.tables import imports


class PostgresImportRepository:
    """Implements ImportRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, record: StatementImport) -> None:
        """Insert the row; the columns have the names of the fields."""
        await self._connection.execute(insert(imports).values(**dataclasses.asdict(record)))
