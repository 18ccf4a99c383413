"""Erasures in PostgreSQL."""

from __future__ import annotations

import dataclasses
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.shared.domain.ids import UserId
from services.user.domain.erasure import Erasure, ErasureId
from services.user.infrastructure.tables import erasures


class PostgresErasureRepository:
    """`ErasureRepository` on one connection, inside its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, erasure: Erasure) -> None:
        """Keep a new erasure."""
        await self._connection.execute(insert(erasures).values(dataclasses.asdict(erasure)))

    async def settle(self, *, requested_before: datetime, at: datetime) -> list[Erasure]:
        """Forget whose the unsettled erasures before a moment were; another process's are passed over."""
        due = (
            select(erasures.c.id, erasures.c.user_id, erasures.c.requested_at)
            .where(erasures.c.settled_at.is_(None), erasures.c.requested_at < requested_before)
            .with_for_update(skip_locked=True)
        )
        found = [
            Erasure(id=ErasureId(row.id), user_id=UserId(row.user_id), requested_at=row.requested_at)
            for row in await self._connection.execute(due)
        ]
        await self._connection.execute(
            update(erasures)
            .where(erasures.c.id.in_([erasure.id for erasure in found]))
            .values(settled_at=at, user_id=None)
        )
        return found
