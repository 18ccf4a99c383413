"""Tools about goals as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from services.goals.application.find_goal import FindGoalRequest
from services.goals.application.goal_view import GoalView
from services.goals.application.list_goals import ListGoalsRequest
from services.goals.application.use_cases import GoalsUseCases
from services.goals.domain.goal import Goal
from services.shared.domain.identity import Identity
from services.shared.domain.ids import GoalId
from tools.profile import NoArguments
from tools.tool import Tool

GoalRef = Annotated[
    str,
    Field(min_length=1, max_length=200, description="the goal's name or part of it, its type, or goal_id"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalResult:
    """A goal, flat; see GoalProgress for what the figures mean. `saved_amount` includes linked accounts."""

    goal_id: GoalId
    name: str
    goal_type: str
    state: str
    priority: int
    currency: str
    target_amount: Decimal
    target_date: date
    saved_amount: Decimal
    linked_amount: Decimal
    remaining_amount: Decimal
    progress_percent: Decimal
    months_left: int
    required_monthly: Decimal
    monthly_contribution: Decimal
    step_up_percent: Decimal
    left_out: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class GoalsResult:
    """The goals as they stand on a day."""

    as_of: date
    goals: tuple[GoalResult, ...]


def goal_list_tools(goals: GoalsUseCases) -> list[Tool[Any]]:
    """Tools that list goals."""

    async def list_goals(identity: Identity, _: NoArguments) -> GoalsResult:
        view = await goals.list_goals(ListGoalsRequest(user_id=identity.user_id))
        return GoalsResult(view.as_of, tuple(goal_result(goal) for goal in view.goals))

    return [
        Tool(
            name="list_goals",
            description="The person's goals: target, day, whether on track, what is saved, what remains and what it "
            "takes each month without any return.",
            scope="goals:read",
            arguments=NoArguments,
            run=list_goals,
        )
    ]


async def meant(goals: GoalsUseCases, identity: Identity, wanted: str) -> Goal:
    """The caller's goal that the words fit; GoalNotFoundError or AmbiguousGoalError."""
    return await goals.find_goal(FindGoalRequest(user_id=identity.user_id, wanted=wanted))


def goal_result(view: GoalView) -> GoalResult:
    """A goal, flat."""
    goal, progress = view.goal, view.progress
    return GoalResult(
        goal_id=goal.id,
        name=goal.name,
        goal_type=goal.goal_type.value,
        state=goal.state.value,
        priority=goal.priority,
        currency=goal.currency,
        target_amount=goal.target_amount.amount,
        target_date=goal.target_date,
        saved_amount=view.savings.total.amount,
        linked_amount=view.savings.linked.amount,
        remaining_amount=progress.remaining_amount.amount,
        progress_percent=progress.progress_percent,
        months_left=progress.months_left,
        required_monthly=progress.required_monthly.amount,
        monthly_contribution=goal.planned_monthly.amount,
        step_up_percent=goal.step_up_percent,
        left_out=view.savings.left_out or None,
    )
