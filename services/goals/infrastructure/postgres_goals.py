"""Goals in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Self
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.goals.domain.contribution import Contribution
from services.goals.domain.goal import Goal
from services.goals.domain.repositories import GoalRepository, Links
from services.goals.domain.savings import AccountLink
from services.goals.infrastructure.mappers import to_contribution, to_goal, to_row
from services.goals.infrastructure.queries import (
    goals_of,
    one_goal,
    read_goals,
    read_links,
    read_personal_assumptions,
)
from services.goals.infrastructure.tables import goal_account_links, goal_assumptions, goal_contributions, goals
from services.shared.domain.ids import GoalId, UserId
from services.shared.infrastructure.postgres_unit_of_work import PostgresUnitOfWork


class PostgresGoalRepository:
    """`GoalRepository` on the connection of a unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, goal: Goal) -> None:
        """Keep a new goal."""
        await self._connection.execute(insert(goals).values(**to_row(goal)))

    async def get(self, goal_id: GoalId, user_id: UserId) -> Goal | None:
        """The caller's goal, locked; None when there is none."""
        found = await read_goals(self._connection, one_goal(goal_id, user_id).with_for_update())
        return found[0] if found else None

    async def list(self, user_id: UserId) -> list[Goal]:
        """The caller's goals, locked in one order, so that two units cannot wait for each other."""
        locks = select(goals.c.id).where(goals.c.user_id == user_id).order_by(goals.c.id).with_for_update()
        await self._connection.execute(locks)
        return await read_goals(self._connection, goals_of(user_id))

    async def update(self, goal: Goal) -> None:
        """Keep a goal's new state."""
        await self._connection.execute(update(goals).where(goals.c.id == goal.id).values(**to_row(goal)))

    async def remove(self, goal_id: GoalId, user_id: UserId) -> bool:
        """Remove the caller's goal; False when there is none."""
        removed = await self._connection.execute(
            delete(goals).where(goals.c.id == goal_id, goals.c.user_id == user_id).returning(goals.c.id)
        )
        return removed.first() is not None

    async def links(self, user_id: UserId) -> Links:
        """The accounts linked to the caller's goals."""
        return await read_links(self._connection, user_id)

    async def set_links(self, goal_id: GoalId, links: Sequence[AccountLink]) -> None:
        """Have exactly these accounts linked to a goal."""
        await self._connection.execute(delete(goal_account_links).where(goal_account_links.c.goal_id == goal_id))
        rows = [
            {
                "goal_id": goal_id,
                "account_id": link.account_id,
                "place": place,
                "share_percent": link.share_percent,
            }
            for place, link in enumerate(links)
        ]
        if rows:
            await self._connection.execute(insert(goal_account_links), rows)

    async def add_contribution(self, contribution: Contribution) -> None:
        """Keep a contribution."""
        await self._connection.execute(
            insert(goal_contributions).values(
                id=contribution.id,
                goal_id=contribution.goal_id,
                amount=contribution.amount.amount,
                made_on=contribution.made_on,
                note=contribution.note,
                created_at=contribution.created_at,
            )
        )

    async def personal_assumptions(self, user_id: UserId) -> dict[str, Decimal]:
        """The assumptions that the caller replaced, by name."""
        return await read_personal_assumptions(self._connection, user_id)

    async def set_personal_assumptions(self, user_id: UserId, values: Mapping[str, Decimal]) -> None:
        """Keep exactly these."""
        await self._connection.execute(delete(goal_assumptions).where(goal_assumptions.c.user_id == user_id))
        rows = [{"user_id": user_id, "name": name, "value": value} for name, value in values.items()]
        if rows:
            await self._connection.execute(insert(goal_assumptions), rows)


class PostgresGoalReader:
    """`GoalReader` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, goal_id: GoalId, user_id: UserId) -> Goal | None:
        """The caller's goal; None when there is none."""
        async with connect(self._engine) as connection:
            row = (await connection.execute(one_goal(goal_id, user_id))).first()
        return to_goal(row) if row is not None else None

    async def list(self, user_id: UserId) -> list[Goal]:
        """The caller's goals: by priority, then the nearest day, then age."""
        async with connect(self._engine) as connection:
            return await read_goals(connection, goals_of(user_id))

    async def links(self, user_id: UserId) -> Links:
        """The accounts linked to the caller's goals."""
        async with connect(self._engine) as connection:
            return await read_links(connection, user_id)

    async def contributions(self, goal_id: GoalId, *, before: UUID | None, limit: int) -> Sequence[Contribution]:
        """A goal's contributions, the newest entry first (ids rise with time); those before this one, if given."""
        entries = goal_contributions
        query = (
            select(entries, goals.c.currency)
            .join(goals, goals.c.id == entries.c.goal_id)
            .where(entries.c.goal_id == goal_id, *([entries.c.id < before] if before else []))
            .order_by(entries.c.id.desc())
            .limit(limit)
        )
        async with connect(self._engine) as connection:
            return [to_contribution(row) for row in await connection.execute(query)]

    async def personal_assumptions(self, user_id: UserId) -> dict[str, Decimal]:
        """The assumptions that the caller replaced, by name."""
        async with connect(self._engine) as connection:
            return await read_personal_assumptions(connection, user_id)

    async def users_with_goals(self, *, after: UserId | None, limit: int) -> Sequence[UserId]:
        """People with at least one goal, by id; those after this one, if given."""
        query = (
            select(goals.c.user_id)
            .where(*([goals.c.user_id > after] if after else []))
            .distinct()
            .order_by(goals.c.user_id)
            .limit(limit)
        )
        async with connect(self._engine) as connection:
            return [UserId(user_id) for user_id in await connection.scalars(query)]


class PostgresGoalsUnitOfWork(PostgresUnitOfWork):
    """One transaction over goals."""

    goals: GoalRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.goals = PostgresGoalRepository(self.connection)
        return self
