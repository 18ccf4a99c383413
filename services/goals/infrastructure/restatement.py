"""The goals as events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.goals.application.create_goal import goal_created
from services.goals.infrastructure.mappers import to_goal
from services.goals.infrastructure.tables import goals
from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import UserId
from services.shared.infrastructure.horizon import settled_before
from services.shared.infrastructure.pages import count_rows, of_user, pages


class PostgresGoalsRestatement:
    """`Restatement` of goals."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def horizon(self) -> datetime:
        """The moment up to which all is settled."""
        return await settled_before(self._engine)

    async def count(self, user_id: UserId | None = None) -> int:
        """Goals."""
        return await count_rows(self._engine, goals, *of_user(goals.c.user_id, user_id))

    async def events(
        self, occurred_at: datetime, user_id: UserId | None = None
    ) -> AsyncIterator[Sequence[DomainEvent]]:
        """`GoalCreated` for each goal."""
        own = of_user(goals.c.user_id, user_id)
        async for rows in pages(self._engine, select(goals), goals.c.id, *own):
            yield [goal_created(to_goal(row), occurred_at) for row in rows]
