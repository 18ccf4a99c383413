"""What was set aside for a goal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.goals.domain.contribution import Contribution
from services.goals.domain.errors import GoalNotFoundError
from services.goals.domain.repositories import GoalReader
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import GoalId, UserId

MAX_PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListContributionsRequest:
    """`before` is the `next_before` of the page before this one."""

    user_id: UserId
    goal_id: GoalId
    before: UUID | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ContributionsView:
    """A page, the newest entry first; `next_before` is None on the last page."""

    contributions: tuple[Contribution, ...]
    next_before: UUID | None


class ListContributions:
    """Query: a page of the contributions to the caller's goal."""

    def __init__(self, goals: GoalReader) -> None:
        self._goals = goals

    async def __call__(self, request: ListContributionsRequest) -> ContributionsView:
        """GoalNotFoundError unless it is the caller's, InvalidInputError for a page that cannot be."""
        if not 1 <= request.limit <= MAX_PAGE:
            raise InvalidInputError(f"limit must be from 1 to {MAX_PAGE}.")
        if await self._goals.get(request.goal_id, request.user_id) is None:
            raise GoalNotFoundError
        found = await self._goals.contributions(request.goal_id, before=request.before, limit=request.limit + 1)
        page = tuple(found[: request.limit])
        return ContributionsView(page, page[-1].id if len(found) > request.limit else None)
