"""Set a goal."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from services.goals.application.goal_view import GoalView
from services.goals.application.settlement import settle_one
from services.goals.application.unit_of_work import GoalsUnitOfWorkFactory
from services.goals.domain.errors import TooManyGoalsError
from services.goals.domain.events import GoalCreated
from services.goals.domain.goal import DEFAULT_PRIORITY, MAX_GOALS, Goal, GoalType, require_future
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import GoalId, UserId, new_uuid
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateGoalRequest:
    """What the person wants: how much, by when, and what is set aside already (nothing, unless said).

    `inflation_adjusted`: whether target_amount is at today's prices and rises with them; by the type when it is None.
    `monthly_contribution` is what the person means to add every month, if known.
    """

    user_id: UserId
    name: str
    goal_type: GoalType
    target_amount: Money
    target_date: date
    saved_amount: Money | None = None
    priority: int = DEFAULT_PRIORITY
    inflation_adjusted: bool | None = None
    monthly_contribution: Money | None = None
    step_up_percent: Decimal = Decimal(0)


class CreateGoal:
    """Command: keep a new goal and publish `GoalCreated`, and where it stands if that is reached or off track."""

    def __init__(self, unit_of_work: GoalsUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: CreateGoalRequest) -> GoalView:
        """InvalidInputError for an amount or a day that cannot be (it must lie ahead), TooLargeError for a name,
        TooManyGoalsError."""
        goal = self.draft(request)
        async with self._unit_of_work() as unit:
            if len(await unit.goals.list(request.user_id)) >= MAX_GOALS:
                raise TooManyGoalsError(MAX_GOALS)
            await unit.goals.add(goal)
            unit.record(goal_created(goal))
            view = await settle_one(unit, goal, {}, self._clock)
            await unit.commit()
        return view

    def draft(self, request: CreateGoalRequest) -> Goal:
        """The goal that the command would keep, not kept; raises as the command does for what cannot be a goal."""
        require_future(request.target_date, today(self._clock))
        adjusted = request.inflation_adjusted
        goal = Goal(
            id=GoalId(new_uuid()),
            user_id=request.user_id,
            name=request.name,
            goal_type=request.goal_type,
            target_amount=request.target_amount,
            target_date=request.target_date,
            saved_amount=request.saved_amount or Money.zero(request.target_amount.currency),
            priority=request.priority,
            created_at=self._clock.now(),
            inflation_adjusted=request.goal_type.rises_with_prices if adjusted is None else adjusted,
            monthly_contribution=request.monthly_contribution,
            step_up_percent=request.step_up_percent,
        )
        return replace(goal, priced_on=goal.prices_of, planned_from=goal.contributes_from)


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
