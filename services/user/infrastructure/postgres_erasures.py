"""Erasures in PostgreSQL."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Final

from sqlalchemy import Text, cast, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from data.outbox.tables import outbox
from services.shared.domain.ids import UserId
from services.user.domain.erasure import Erasure, ErasureId
from services.user.domain.events import UserErased
from services.user.infrastructure.tables import erasures

_TOLD: Final = (outbox.c.key == cast(erasures.c.user_id, Text), outbox.c.name == UserErased.__name__)
_IS_PARKED: Final = exists().where(*_TOLD, outbox.c.parked_at.is_not(None))
_IS_UNDELIVERED: Final = exists().where(*_TOLD, outbox.c.delivered_at.is_(None))


class PostgresErasureRepository:
    """`ErasureRepository` on one connection, inside its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, erasure: Erasure) -> None:
        """Keep a new erasure."""
        await self._connection.execute(insert(erasures).values(dataclasses.asdict(erasure)))

    async def settle(self, *, requested_before: datetime, at: datetime) -> list[Erasure]:
        """Note that these are told again, instead of events that were given up; another process's are passed over."""
        due = (
            select(erasures.c.id, erasures.c.user_id, erasures.c.requested_at)
            .where(erasures.c.user_id.is_not(None), erasures.c.requested_at < requested_before)
            .where(or_(erasures.c.settled_at.is_(None), _IS_PARKED))
            .with_for_update(skip_locked=True)
        )
        found = [
            Erasure(id=ErasureId(row.id), user_id=UserId(row.user_id), requested_at=row.requested_at)
            for row in await self._connection.execute(due)
        ]
        if not found:
            return []
        ids, keys = [one.id for one in found], [str(one.user_id) for one in found]
        await self._connection.execute(
            delete(outbox).where(
                outbox.c.key.in_(keys), outbox.c.name == UserErased.__name__, outbox.c.parked_at.is_not(None)
            )
        )
        await self._connection.execute(update(erasures).where(erasures.c.id.in_(ids)).values(settled_at=at))
        return found

    async def forget_whose(self) -> None:
        """Those that were told again, and to everybody."""
        told = update(erasures).where(
            erasures.c.user_id.is_not(None), erasures.c.settled_at.is_not(None), ~_IS_UNDELIVERED
        )
        await self._connection.execute(told.values(user_id=None))
