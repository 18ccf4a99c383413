"""Routes of goals."""

from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from services.goals.application.delete_goal import DeleteGoalRequest
from services.goals.application.get_goal import GetGoalRequest
from services.goals.application.list_goals import ListGoalsRequest
from services.goals.application.use_cases import GoalsUseCases
from services.goals.presentation.schemas import CreateGoalBody, GoalListResponse, GoalResponse
from services.shared.domain.identity import Identity
from services.shared.domain.ids import GoalId
from services.shared.infrastructure.problem import Problem

Responses = dict[int | str, dict[str, Any]]

_COMMON: Final[Responses] = {
    401: {"model": Problem, "description": "Not logged in."},
    503: {"model": Problem, "description": "A store cannot be reached."},
}
_NEW: Final[Responses] = {
    400: {"model": Problem, "description": "The body is not JSON."},
    413: {"model": Problem, "description": "The name is too long."},
    422: {"model": Problem, "description": "A value is malformed, or the target is not above 0 and in the future."},
}
_ITEM: Final[Responses] = {
    404: {"model": Problem, "description": "No such goal among yours."},
    422: {"model": Problem, "description": "The id is not a UUID."},
}


def build_router(use_cases: GoalsUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """The routes, for callers that `current_user` identifies."""
    router = APIRouter(prefix="/goals", tags=["goals"], responses=_COMMON)
    caller = Annotated[Identity, Depends(current_user)]

    @router.post("", status_code=201, responses=_NEW, summary="Set a goal")
    async def create_goal(user: caller, body: CreateGoalBody) -> GoalResponse:
        """Set a goal: how much, by when, and what is set aside already."""
        return GoalResponse.of(await use_cases.create_goal(body.to_request(user.user_id)))

    @router.get("", summary="List goals")
    async def list_goals(user: caller) -> GoalListResponse:
        """Your goals, by priority, then the nearest day, each with its progress today."""
        return GoalListResponse.of(await use_cases.list_goals(ListGoalsRequest(user_id=user.user_id)))

    @router.get("/{goal_id}", responses=_ITEM, summary="Read a goal")
    async def get_goal(user: caller, goal_id: UUID) -> GoalResponse:
        """One goal with its progress today."""
        return GoalResponse.of(await use_cases.get_goal(GetGoalRequest(user_id=user.user_id, goal_id=GoalId(goal_id))))

    @router.delete("/{goal_id}", status_code=204, responses=_ITEM, summary="Give a goal up")
    async def delete_goal(user: caller, goal_id: UUID) -> None:
        """Remove a goal."""
        await use_cases.delete_goal(DeleteGoalRequest(user_id=user.user_id, goal_id=GoalId(goal_id)))

    return router
