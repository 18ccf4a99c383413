"""Give a goal up."""

from dataclasses import dataclass

from services.goals.application.unit_of_work import GoalsUnitOfWorkFactory
from services.goals.domain.errors import GoalNotFoundError
from services.goals.domain.events import GoalDeleted
from services.shared.domain.clock import Clock
from services.shared.domain.ids import GoalId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteGoalRequest:
    """Which goal."""

    user_id: UserId
    goal_id: GoalId


class DeleteGoal:
    """Command: remove the caller's goal and publish `GoalDeleted`."""

    def __init__(self, unit_of_work: GoalsUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: DeleteGoalRequest) -> None:
        """GoalNotFoundError unless it is the caller's."""
        async with self._unit_of_work() as unit:
            if not await unit.goals.remove(request.goal_id, request.user_id):
                raise GoalNotFoundError
            unit.record(GoalDeleted(user_id=request.user_id, occurred_at=self._clock.now(), goal_id=request.goal_id))
            await unit.commit()
