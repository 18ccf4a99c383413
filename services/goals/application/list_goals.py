"""A person's goals and how far they are."""

from dataclasses import dataclass
from datetime import date

from services.goals.application.goal_book import GoalBook
from services.goals.application.goal_view import GoalView
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

    def __init__(self, book: GoalBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    async def __call__(self, request: ListGoalsRequest) -> GoalListView:
        """Empty when there are none."""
        day = today(self._clock)
        goals = await self._book.all(request.user_id)
        return GoalListView(day, tuple(GoalView.on(one.goal, one.savings, one.links, day) for one in goals))
