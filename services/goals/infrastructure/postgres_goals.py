"""Goals in PostgreSQL."""

from typing import Self

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.goals.domain.goal import Goal
from services.goals.domain.repositories import GoalRepository
from services.goals.infrastructure.mappers import to_goal, to_row
from services.goals.infrastructure.tables import goals
from services.shared.domain.ids import GoalId, UserId
from services.shared.infrastructure.postgres_unit_of_work import PostgresUnitOfWork


class PostgresGoalRepository:
    """`GoalRepository` on the connection of a unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, goal: Goal) -> None:
        """Keep a new goal."""
        await self._connection.execute(insert(goals).values(**to_row(goal)))

    async def remove(self, goal_id: GoalId, user_id: UserId) -> bool:
        """Remove the caller's goal; False when there is none."""
        removed = await self._connection.execute(
            delete(goals).where(goals.c.id == goal_id, goals.c.user_id == user_id).returning(goals.c.id)
        )
        return removed.first() is not None


class PostgresGoalReader:
    """`GoalReader` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, goal_id: GoalId, user_id: UserId) -> Goal | None:
        """The caller's goal; None when there is none."""
        query = select(goals).where(goals.c.id == goal_id, goals.c.user_id == user_id)
        async with connect(self._engine) as connection:
            row = (await connection.execute(query)).first()
        return to_goal(row) if row is not None else None

    async def list(self, user_id: UserId) -> list[Goal]:
        """The caller's goals: by priority, then the nearest day, then age."""
        query = (
            select(goals)
            .where(goals.c.user_id == user_id)
            .order_by(goals.c.priority, goals.c.target_date, goals.c.created_at, goals.c.id)
        )
        async with connect(self._engine) as connection:
            return [to_goal(row) for row in await connection.execute(query)]


class PostgresGoalsUnitOfWork(PostgresUnitOfWork):
    """One transaction over goals."""

    goals: GoalRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.goals = PostgresGoalRepository(self.connection)
        return self
