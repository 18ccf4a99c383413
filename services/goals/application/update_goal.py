"""Change a goal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.goals.application.account_balances import AccountBalances
from services.goals.application.goal_view import GoalView
from services.goals.application.settlement import settle_one
from services.goals.application.unit_of_work import GoalsUnitOfWorkFactory
from services.goals.domain.errors import GoalNotFoundError
from services.goals.domain.events import GoalUpdated
from services.goals.domain.goal import Goal, require_future
from services.goals.domain.planning.plan import contribution_now
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateGoalRequest:
    """What changes; None leaves a thing as it is. Amounts are in the goal's currency."""

    user_id: UserId
    goal_id: GoalId
    name: str | None = None
    target_amount: Decimal | None = None
    target_date: date | None = None
    saved_amount: Decimal | None = None
    priority: int | None = None
    inflation_adjusted: bool | None = None
    monthly_contribution: Decimal | None = None
    step_up_percent: Decimal | None = None


class UpdateGoal:
    """Command: keep the changes and publish `GoalUpdated`, and where the goal stands if that has changed.

    A new target_amount is at today's prices; a new contribution or step-up begins today.
    """

    def __init__(self, unit_of_work: GoalsUnitOfWorkFactory, accounts: AccountBalances, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._accounts = accounts
        self._clock = clock

    async def __call__(self, request: UpdateGoalRequest) -> GoalView:
        """GoalNotFoundError unless it is the caller's, InvalidInputError and TooLargeError as for a new goal."""
        balances = await self._accounts.of(request.user_id)
        async with self._unit_of_work() as unit:
            goal = await unit.goals.get(request.goal_id, request.user_id)
            if goal is None:
                raise GoalNotFoundError
            changed = changed_goal(goal, request, today(self._clock))
            unit.record(_updated(changed, self._clock))
            view = await settle_one(unit, changed, balances, self._clock)
            await unit.commit()
        return view


def changed_goal(goal: Goal, request: UpdateGoalRequest, day: date) -> Goal:
    """The goal with the changes; InvalidInputError for what cannot be."""
    if request.target_date is not None:
        require_future(request.target_date, day)
    changed = replace(
        goal,
        name=goal.name if request.name is None else request.name,
        target_date=request.target_date or goal.target_date,
        saved_amount=_amount(request.saved_amount, goal) or goal.saved_amount,
        priority=goal.priority if request.priority is None else request.priority,
        inflation_adjusted=goal.inflation_adjusted
        if request.inflation_adjusted is None
        else request.inflation_adjusted,
    )
    if request.target_amount is not None:
        changed = replace(changed, target_amount=Money(request.target_amount, goal.currency), priced_on=day)
    return _with_contribution(changed, request, day)


def _with_contribution(goal: Goal, request: UpdateGoalRequest, day: date) -> Goal:
    if request.monthly_contribution is None and request.step_up_percent is None:
        return goal
    return replace(
        goal,
        monthly_contribution=_amount(request.monthly_contribution, goal) or contribution_now(goal, day),
        step_up_percent=goal.step_up_percent if request.step_up_percent is None else request.step_up_percent,
        planned_from=day,
    )


def _amount(amount: Decimal | None, goal: Goal) -> Money | None:
    return None if amount is None else Money(amount, goal.currency)


def _updated(goal: Goal, clock: Clock) -> GoalUpdated:
    return GoalUpdated(
        user_id=goal.user_id,
        occurred_at=clock.now(),
        goal_id=goal.id,
        goal_name=goal.name,
        goal_type=goal.goal_type,
        target_amount=goal.target_amount,
        target_date=goal.target_date,
        priority=goal.priority,
        monthly_contribution=goal.planned_monthly,
        step_up_percent=goal.step_up_percent,
    )
