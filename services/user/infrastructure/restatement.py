"""The users as events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import UserId
from services.shared.infrastructure.horizon import settled_before
from services.shared.infrastructure.pages import count_rows, of_user, pages
from services.user.domain.events import UserRegistered
from services.user.infrastructure.tables import users

# How a person registered is not kept with the person.
_METHOD: Final = "on record"


class PostgresUserRestatement:
    """`Restatement` of users."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def horizon(self) -> datetime:
        """The moment up to which all is settled."""
        return await settled_before(self._engine)

    async def count(self, user_id: UserId | None = None) -> int:
        """Users."""
        return await count_rows(self._engine, users, *of_user(users.c.id, user_id))

    async def events(
        self, occurred_at: datetime, user_id: UserId | None = None
    ) -> AsyncIterator[Sequence[DomainEvent]]:
        """`UserRegistered` for each user."""
        query = select(users.c.id, users.c.first_name, users.c.last_name)
        async for rows in pages(self._engine, query, users.c.id, *of_user(users.c.id, user_id)):
            yield [
                UserRegistered(
                    user_id=UserId(row.id),
                    first_name=row.first_name,
                    last_name=row.last_name,
                    method=_METHOD,
                    occurred_at=occurred_at,
                )
                for row in rows
            ]
