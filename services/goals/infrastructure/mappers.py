"""Rows of `goals` to goals, and back."""

from typing import Any

from sqlalchemy import Row

from services.goals.domain.goal import Goal, GoalType
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money


def to_goal(row: Row[Any]) -> Goal:
    """The goal in a row."""
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
    )


def to_row(goal: Goal) -> dict[str, object]:
    """The row of a goal."""
    return {
        "id": goal.id,
        "user_id": goal.user_id,
        "name": goal.name,
        "goal_type": goal.goal_type,
        "target_amount": goal.target_amount.amount,
        "saved_amount": goal.saved_amount.amount,
        "currency": goal.target_amount.currency,
        "target_date": goal.target_date,
        "priority": goal.priority,
        "created_at": goal.created_at,
    }
