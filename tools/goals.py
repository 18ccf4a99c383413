"""Tools about goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.goals.application.goal_view import GoalView
from services.goals.application.list_goals import ListGoalsRequest
from services.goals.application.use_cases import GoalsUseCases
from services.shared.domain.identity import Identity
from services.shared.domain.ids import GoalId
from tools.profile import NoArguments
from tools.tool import Tool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalResult:
    """A goal, flat; see GoalProgress for what the figures mean."""

    goal_id: GoalId
    name: str
    goal_type: str
    currency: str
    target_amount: Decimal
    target_date: date
    saved_amount: Decimal
    remaining_amount: Decimal
    progress_percent: Decimal
    months_left: int
    required_monthly: Decimal


@dataclass(frozen=True, slots=True)
class GoalsResult:
    """The goals as they stand on a day."""

    as_of: date
    goals: tuple[GoalResult, ...]


def goal_tools(goals: GoalsUseCases) -> list[Tool[Any]]:
    """Tools of the goals context."""

    async def list_goals(identity: Identity, _: NoArguments) -> GoalsResult:
        view = await goals.list_goals(ListGoalsRequest(user_id=identity.user_id))
        return GoalsResult(view.as_of, tuple(_flat(goal) for goal in view.goals))

    return [
        Tool(
            name="list_goals",
            description="The person's goals: target, day, what is saved, what remains and what it takes each month.",
            scope="goals:read",
            arguments=NoArguments,
            run=list_goals,
        )
    ]


def _flat(view: GoalView) -> GoalResult:
    goal, progress = view.goal, view.progress
    return GoalResult(
        goal_id=goal.id,
        name=goal.name,
        goal_type=goal.goal_type.value,
        currency=goal.target_amount.currency,
        target_amount=goal.target_amount.amount,
        target_date=goal.target_date,
        saved_amount=goal.saved_amount.amount,
        remaining_amount=progress.remaining_amount.amount,
        progress_percent=progress.progress_percent,
        months_left=progress.months_left,
        required_monthly=progress.required_monthly.amount,
    )
