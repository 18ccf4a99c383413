"""Ports of the goals context."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from services.goals.domain.contribution import Contribution
from services.goals.domain.goal import Goal
from services.goals.domain.savings import AccountLink
from services.shared.domain.ids import GoalId, UserId

Links = Mapping[GoalId, tuple[AccountLink, ...]]
"""The accounts linked to each goal that has any, in the order in which they were named."""


class GoalRepository(Protocol):
    """Goals inside a unit of work. What is read stays locked until the unit ends."""

    async def add(self, goal: Goal) -> None:
        """Keep a new goal."""
        ...

    async def get(self, goal_id: GoalId, user_id: UserId) -> Goal | None:
        """The caller's goal; None when there is none."""
        ...

    async def list(self, user_id: UserId) -> list[Goal]:
        """The caller's goals, in the order of `GoalReader.list`."""
        ...

    async def update(self, goal: Goal) -> None:
        """Keep a goal's new state."""
        ...

    async def remove(self, goal_id: GoalId, user_id: UserId) -> bool:
        """Remove the caller's goal with its contributions and links; False when there is none."""
        ...

    async def links(self, user_id: UserId) -> Links:
        """The accounts linked to the caller's goals."""
        ...

    async def set_links(self, goal_id: GoalId, links: Sequence[AccountLink]) -> None:
        """Have exactly these accounts linked to a goal."""
        ...

    async def add_contribution(self, contribution: Contribution) -> None:
        """Keep a contribution."""
        ...

    async def personal_assumptions(self, user_id: UserId) -> dict[str, Decimal]:
        """The assumptions that the caller replaced, by name."""
        ...

    async def set_personal_assumptions(self, user_id: UserId, values: Mapping[str, Decimal]) -> None:
        """Keep exactly these."""
        ...


class GoalReader(Protocol):
    """Reads of goals."""

    async def get(self, goal_id: GoalId, user_id: UserId) -> Goal | None:
        """The caller's goal; None when there is none."""
        ...

    async def list(self, user_id: UserId) -> list[Goal]:
        """The caller's goals: by priority, then the nearest day, then age."""
        ...

    async def links(self, user_id: UserId) -> Links:
        """The accounts linked to the caller's goals."""
        ...

    async def contributions(self, goal_id: GoalId, *, before: UUID | None, limit: int) -> Sequence[Contribution]:
        """A goal's contributions, the newest entry first; those entered before the one of this id, if given."""
        ...

    async def personal_assumptions(self, user_id: UserId) -> dict[str, Decimal]:
        """The assumptions that the caller replaced, by name."""
        ...

    async def users_with_goals(self, *, after: UserId | None, limit: int) -> Sequence[UserId]:
        """People with at least one goal, by id; those after this one, if given."""
        ...
