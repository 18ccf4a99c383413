"""One goal and how far it is."""

from dataclasses import dataclass

from services.goals.application.goal_book import GoalBook
from services.goals.application.goal_view import GoalView
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import GoalId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetGoalRequest:
    """Which goal."""

    user_id: UserId
    goal_id: GoalId


class GetGoal:
    """Query: the caller's goal."""

    def __init__(self, book: GoalBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    async def __call__(self, request: GetGoalRequest) -> GoalView:
        """GoalNotFoundError unless it is the caller's."""
        booked = await self._book.one(request.user_id, request.goal_id)
        return GoalView.on(booked.goal, booked.savings, booked.links, today(self._clock))
