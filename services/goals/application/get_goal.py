"""One goal and how far it is."""

from dataclasses import dataclass

from services.goals.application.goal_view import GoalView
from services.goals.domain.errors import GoalNotFoundError
from services.goals.domain.repositories import GoalReader
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import GoalId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetGoalRequest:
    """Which goal."""

    user_id: UserId
    goal_id: GoalId


class GetGoal:
    """Query: the caller's goal."""

    def __init__(self, goals: GoalReader, clock: Clock) -> None:
        self._goals = goals
        self._clock = clock

    async def __call__(self, request: GetGoalRequest) -> GoalView:
        """GoalNotFoundError unless it is the caller's."""
        goal = await self._goals.get(request.goal_id, request.user_id)
        if goal is None:
            raise GoalNotFoundError
        return GoalView.on(goal, today(self._clock))
