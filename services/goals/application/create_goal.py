"""Set a goal."""

from dataclasses import dataclass
from datetime import date, datetime

from services.goals.application.goal_view import GoalView
from services.goals.application.unit_of_work import GoalsUnitOfWorkFactory
from services.goals.domain.events import GoalCreated
from services.goals.domain.goal import DEFAULT_PRIORITY, Goal, GoalType, require_future
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import GoalId, UserId, new_uuid
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateGoalRequest:
    """What the person wants: how much, by when, and what is set aside already (nothing, unless said)."""

    user_id: UserId
    name: str
    goal_type: GoalType
    target_amount: Money
    target_date: date
    saved_amount: Money | None = None
    priority: int = DEFAULT_PRIORITY


class CreateGoal:
    """Command: keep a new goal and publish `GoalCreated`."""

    def __init__(self, unit_of_work: GoalsUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: CreateGoalRequest) -> GoalView:
        """InvalidInputError for an amount or a day that cannot be (it must lie ahead), TooLargeError for a name."""
        now, day = self._clock.now(), today(self._clock)
        require_future(request.target_date, day)
        goal = Goal(
            id=GoalId(new_uuid()),
            user_id=request.user_id,
            name=request.name,
            goal_type=request.goal_type,
            target_amount=request.target_amount,
            target_date=request.target_date,
            saved_amount=request.saved_amount or Money.zero(request.target_amount.currency),
            priority=request.priority,
            created_at=now,
        )
        async with self._unit_of_work() as unit:
            await unit.goals.add(goal)
            unit.record(goal_created(goal))
            await unit.commit()
        return GoalView.on(goal, day)


def goal_created(goal: Goal, occurred_at: datetime | None = None) -> GoalCreated:
    """The event that tells of a goal as it stands; it bears the moment when it was made, or a given one."""
    return GoalCreated(
        user_id=goal.user_id,
        occurred_at=occurred_at or goal.created_at,
        goal_id=goal.id,
        goal_name=goal.name,
        goal_type=goal.goal_type,
        target_amount=goal.target_amount,
        target_date=goal.target_date,
        priority=goal.priority,
    )
