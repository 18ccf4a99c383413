"""Routes of goals."""

from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.goals.application.delete_goal import DeleteGoalRequest
from services.goals.application.get_goal import GetGoalRequest
from services.goals.application.list_contributions import MAX_PAGE, ListContributionsRequest
from services.goals.application.list_goals import ListGoalsRequest
from services.goals.application.use_cases import GoalsUseCases
from services.goals.presentation.contribution_schemas import (
    ContributionBody,
    ContributionsResponse,
    RecordedResponse,
)
from services.goals.presentation.planning.routes import add_general_routes, add_goal_routes
from services.goals.presentation.schemas import (
    CreateGoalBody,
    GoalListResponse,
    GoalResponse,
    LinkAccountsBody,
    UpdateGoalBody,
)
from services.shared.domain.identity import Identity
from services.shared.domain.ids import GoalId
from services.shared.infrastructure.problem import Problem, problem_responses

Responses = dict[int | str, dict[str, Any]]

_COMMON: Final[Responses] = {
    401: {"model": Problem, "description": "Not logged in."},
    503: {"model": Problem, "description": "A store cannot be reached."},
}
_NEW: Final[Responses] = {
    400: {"model": Problem, "description": "The body is not JSON."},
    409: {"model": Problem, "description": "There are as many goals as one may have."},
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
    _add_list_routes(router, use_cases, caller)
    add_general_routes(router, use_cases.planning, caller)
    _add_item_routes(router, use_cases, caller)
    _add_saving_routes(router, use_cases, caller)
    add_goal_routes(router, use_cases.planning, caller)
    return router


def _add_list_routes(router: APIRouter, use_cases: GoalsUseCases, caller: Any) -> None:
    @router.post("", status_code=201, responses=_NEW, summary="Set a goal")
    async def create_goal(user: caller, body: CreateGoalBody) -> GoalResponse:
        """Set a goal: how much, by when, what is set aside already, and what you mean to add."""
        return GoalResponse.of(await use_cases.create_goal(body.to_request(user.user_id)))

    @router.get("", summary="List goals")
    async def list_goals(user: caller) -> GoalListResponse:
        """Your goals, by priority, then the nearest day, each with its progress today."""
        return GoalListResponse.of(await use_cases.list_goals(ListGoalsRequest(user_id=user.user_id)))


def _add_item_routes(router: APIRouter, use_cases: GoalsUseCases, caller: Any) -> None:
    @router.get("/{goal_id}", responses=_ITEM, summary="Read a goal")
    async def get_goal(user: caller, goal_id: UUID) -> GoalResponse:
        """One goal with its progress today."""
        return GoalResponse.of(await use_cases.get_goal(GetGoalRequest(user_id=user.user_id, goal_id=GoalId(goal_id))))

    @router.patch("/{goal_id}", responses=problem_responses(400, 404, 409, 413, 422), summary="Change a goal")
    async def update_goal(user: caller, goal_id: UUID, body: UpdateGoalBody) -> GoalResponse:
        """Change what you name; the rest stays. Where it stands is judged anew."""
        return GoalResponse.of(await use_cases.update_goal(body.to_request(user.user_id, GoalId(goal_id))))

    @router.delete("/{goal_id}", status_code=204, responses=_ITEM, summary="Give a goal up")
    async def delete_goal(user: caller, goal_id: UUID) -> None:
        """Remove a goal with its contributions; accounts stay as they are."""
        await use_cases.delete_goal(DeleteGoalRequest(user_id=user.user_id, goal_id=GoalId(goal_id)))


def _add_saving_routes(router: APIRouter, use_cases: GoalsUseCases, caller: Any) -> None:
    @router.put("/{goal_id}/accounts", responses=problem_responses(400, 404, 409, 413, 422), summary="Link accounts")
    async def link_accounts(user: caller, goal_id: UUID, body: LinkAccountsBody) -> GoalResponse:
        """Have exactly these accounts count towards the goal, each wholly or by a share; none unlinks all."""
        return GoalResponse.of(await use_cases.link_accounts(body.to_request(user.user_id, GoalId(goal_id))))

    @router.post(
        "/{goal_id}/contributions",
        status_code=201,
        responses=problem_responses(400, 404, 409, 413, 422),
        summary="Set money aside",
    )
    async def record_contribution(user: caller, goal_id: UUID, body: ContributionBody) -> RecordedResponse:
        """Add to what is set aside for the goal, or take some back with a negative amount."""
        view = await use_cases.record_contribution(body.to_request(user.user_id, GoalId(goal_id)))
        return RecordedResponse.of(view)

    @router.get("/{goal_id}/contributions", responses=problem_responses(404, 422), summary="List contributions")
    async def list_contributions(
        user: caller,
        goal_id: UUID,
        before: Annotated[UUID | None, Query(description="`next_before` of the page before.")] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 50,
    ) -> ContributionsResponse:
        """What was set aside, the newest entry first."""
        request = ListContributionsRequest(user_id=user.user_id, goal_id=GoalId(goal_id), before=before, limit=limit)
        return ContributionsResponse.of(await use_cases.list_contributions(request))
