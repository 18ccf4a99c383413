"""Ports of the goals context."""

from typing import Protocol

from services.goals.domain.goal import Goal
from services.shared.domain.ids import GoalId, UserId


class GoalRepository(Protocol):
    """Goals inside a unit of work."""

    async def add(self, goal: Goal) -> None:
        """Keep a new goal."""
        ...

    async def remove(self, goal_id: GoalId, user_id: UserId) -> bool:
        """Remove the caller's goal; False when there is none."""
        ...


class GoalReader(Protocol):
    """Reads of goals."""

    async def get(self, goal_id: GoalId, user_id: UserId) -> Goal | None:
        """The caller's goal; None when there is none."""
        ...

    async def list(self, user_id: UserId) -> list[Goal]:
        """The caller's goals: by priority, then the nearest day, then age."""
        ...
