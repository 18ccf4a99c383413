"""What a person sees of a goal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.goals.domain.goal import Goal
from services.goals.domain.progress import GoalProgress, progress_of
from services.goals.domain.savings import AccountLink, Savings


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal, what is saved for it, and how far it is on the day `progress.as_of`.

    `goal.state` is as it was judged last: at the last change of the goal or of an account, and once a day.
    """

    goal: Goal
    savings: Savings
    progress: GoalProgress
    links: tuple[AccountLink, ...] = ()

    @classmethod
    def on(cls, goal: Goal, savings: Savings, links: tuple[AccountLink, ...], today: date) -> GoalView:
        """The view on a day."""
        return cls(goal, savings, progress_of(goal, today, savings.total), links)
