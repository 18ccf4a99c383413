"""Rows to goals and contributions, and back."""

from typing import Any

from sqlalchemy import Row

from services.goals.domain.contribution import Contribution
from services.goals.domain.goal import Goal, GoalState, GoalType
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money


def to_goal(row: Row[Any]) -> Goal:
    """The goal in a row."""
    contribution = row.monthly_contribution
    return Goal(
        id=GoalId(row.id),
        user_id=UserId(row.user_id),
        name=row.name,
        goal_type=GoalType(row.goal_type),
        target_amount=Money(row.target_amount, row.currency),
        target_date=row.target_date,
        saved_amount=Money(row.saved_amount, row.currency),
        priority=row.priority,
        created_at=row.created_at,
        inflation_adjusted=row.inflation_adjusted,
        priced_on=row.priced_on,
        monthly_contribution=None if contribution is None else Money(contribution, row.currency),
        step_up_percent=row.step_up_percent,
        planned_from=row.planned_from,
        state=GoalState(row.state),
    )


def to_row(goal: Goal) -> dict[str, object]:
    """The row of a goal."""
    contribution = goal.monthly_contribution
    return {
        "id": goal.id,
        "user_id": goal.user_id,
        "name": goal.name,
        "goal_type": goal.goal_type,
        "target_amount": goal.target_amount.amount,
        "saved_amount": goal.saved_amount.amount,
        "currency": goal.currency,
        "target_date": goal.target_date,
        "priority": goal.priority,
        "created_at": goal.created_at,
        "inflation_adjusted": goal.inflation_adjusted,
        "priced_on": goal.priced_on,
        "monthly_contribution": None if contribution is None else contribution.amount,
        "step_up_percent": goal.step_up_percent,
        "planned_from": goal.planned_from,
        "state": goal.state,
    }


def to_contribution(row: Row[Any]) -> Contribution:
    """The contribution in a row that has its goal's currency."""
    return Contribution(
        id=row.id,
        goal_id=GoalId(row.goal_id),
        amount=Money(row.amount, row.currency),
        made_on=row.made_on,
        note=row.note,
        created_at=row.created_at,
    )
