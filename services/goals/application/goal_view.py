"""What a person sees of a goal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.goals.domain.goal import Goal
from services.goals.domain.progress import GoalProgress, progress_of


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal and how far it is on the day `progress.as_of`."""

    goal: Goal
    progress: GoalProgress

    @classmethod
    def on(cls, goal: Goal, today: date) -> GoalView:
        """The view on a day."""
        return cls(goal, progress_of(goal, today))
