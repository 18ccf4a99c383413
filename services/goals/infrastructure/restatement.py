"""The goals as events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.goals.application.create_goal import goal_created
from services.goals.domain.events import GoalAccountsLinked
from services.goals.infrastructure.mappers import to_goal
from services.goals.infrastructure.tables import goal_account_links, goals
from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import AccountId, GoalId, UserId
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
        """Goals, and those of them that have accounts."""
        own = of_user(goals.c.user_id, user_id)
        linked = goals.c.id.in_(select(goal_account_links.c.goal_id))
        return await count_rows(self._engine, goals, *own) + await count_rows(self._engine, goals, linked, *own)

    async def events(
        self, occurred_at: datetime, user_id: UserId | None = None
    ) -> AsyncIterator[Sequence[DomainEvent]]:
        """`GoalCreated` for each goal, and `GoalAccountsLinked` for those that have accounts."""
        own = of_user(goals.c.user_id, user_id)
        async for rows in pages(self._engine, select(goals), goals.c.id, *own):
            links = await self._links([row.id for row in rows])
            told: list[DomainEvent] = [goal_created(to_goal(row), occurred_at) for row in rows]
            told += [
                GoalAccountsLinked(
                    user_id=UserId(row.user_id),
                    goal_id=GoalId(row.id),
                    account_ids=tuple(links[row.id]),
                    occurred_at=occurred_at,
                )
                for row in rows
                if row.id in links
            ]
            yield told

    async def _links(self, goal_ids: Sequence[UUID]) -> dict[UUID, list[AccountId]]:
        table = goal_account_links.c
        query = select(table.goal_id, table.account_id).where(table.goal_id.in_(goal_ids)).order_by(table.place)
        found: dict[UUID, list[AccountId]] = {}
        async with self._engine.connect() as connection:
            for goal_id, account_id in await connection.execute(query):
                found.setdefault(goal_id, []).append(AccountId(account_id))
        return found
