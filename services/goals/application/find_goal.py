"""The goal that a person means."""

from dataclasses import dataclass
from uuid import UUID

from services.goals.domain.errors import AmbiguousGoalError, GoalNotFoundError
from services.goals.domain.goal import Goal
from services.goals.domain.repositories import GoalReader
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FindGoalRequest:
    """`wanted` is a goal's id, its name, or a part of its name or type in any letter case."""

    user_id: UserId
    wanted: str


class FindGoal:
    """Query: the one goal that the words fit."""

    def __init__(self, goals: GoalReader) -> None:
        self._goals = goals

    async def __call__(self, request: FindGoalRequest) -> Goal:
        """GoalNotFoundError when none fits, AmbiguousGoalError when several do; a whole name fits before a part."""
        goals = await self._goals.list(request.user_id)
        wanted = request.wanted.strip().casefold()
        for fitting in (_by_id(goals, wanted), _named(goals, wanted), _containing(goals, wanted)):
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                raise AmbiguousGoalError([goal.name for goal in fitting])
        raise GoalNotFoundError


def _by_id(goals: list[Goal], wanted: str) -> list[Goal]:
    try:
        return [goal for goal in goals if goal.id == UUID(wanted)]
    except ValueError:
        return []


def _named(goals: list[Goal], wanted: str) -> list[Goal]:
    return [goal for goal in goals if goal.name.casefold() == wanted]


def _containing(goals: list[Goal], wanted: str) -> list[Goal]:
    words = wanted.replace(" ", "_")
    return [goal for goal in goals if wanted and (wanted in goal.name.casefold() or words in goal.goal_type)]
