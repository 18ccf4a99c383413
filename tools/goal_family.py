"""All tools of the goals context."""

from __future__ import annotations

from typing import Any

from services.goals.application.use_cases import GoalsUseCases
from tools.goal_changes import goal_change_tools
from tools.goal_plans import goal_plan_tools
from tools.goal_saving import goal_saving_tools
from tools.goals import goal_list_tools
from tools.tool import Tool


def goal_tools(goals: GoalsUseCases) -> list[Tool[Any]]:
    """Lists, plans, changes and savings."""
    return [
        *goal_list_tools(goals),
        *goal_plan_tools(goals),
        *goal_change_tools(goals),
        *goal_saving_tools(goals),
    ]
