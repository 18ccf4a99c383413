"""A person's goals and how far they are."""

from dataclasses import dataclass
from datetime import date

from services.goals.application.goal_view import GoalView
from services.goals.domain.repositories import GoalReader
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGoalsRequest:
    """Whose goals."""

    user_id: UserId


@dataclass(frozen=True, slots=True)
class GoalListView:
    """Goals by priority, then the nearest day; `as_of` is the day for which their progress is told."""

    as_of: date
    goals: tuple[GoalView, ...]


class ListGoals:
    """Query: all goals of the caller."""

    def __init__(self, goals: GoalReader, clock: Clock) -> None:
        self._goals = goals
        self._clock = clock

    async def __call__(self, request: ListGoalsRequest) -> GoalListView:
        """Empty when there are none."""
        day = today(self._clock)
        goals = await self._goals.list(request.user_id)
        return GoalListView(day, tuple(GoalView.on(goal, day) for goal in goals))
