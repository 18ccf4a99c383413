"""Routes of planning."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.goals.application.planning.get_assumptions import GetAssumptionsRequest
from services.goals.application.planning.plan_goal import PlanGoalRequest
from services.goals.application.planning.set_assumptions import SetAssumptionsRequest
from services.goals.application.planning.simulate_goal import Interval, SimulateGoalRequest
from services.goals.application.planning.use_cases import PlanningUseCases
from services.goals.domain.planning.simulation import DEFAULT_PATHS, DEFAULT_SEED, MAX_PATHS, MAX_SEED, MIN_PATHS
from services.goals.presentation.amounts import AmountText, optional_number
from services.goals.presentation.planning.bodies import AllocationBody, AssumptionsBody, RetirementBody, WhatIfBody
from services.goals.presentation.planning.responses import (
    AllocationResponse,
    AssumptionsResponse,
    GoalPlanResponse,
    RetirementResponse,
    SimulationResponse,
    WhatIfResponse,
)
from services.shared.domain.ids import GoalId
from services.shared.infrastructure.problem import problem_responses

Paths = Annotated[int, Query(ge=MIN_PATHS, le=MAX_PATHS, description="How many futures.")]
Seed = Annotated[int, Query(ge=0, le=MAX_SEED, description="The same seed gives the same futures.")]


def add_general_routes(router: APIRouter, planning: PlanningUseCases, caller: Any) -> None:
    """Routes about all goals; their paths must be known before `/{goal_id}`."""

    @router.get("/assumptions", summary="What plans assume")
    async def get_assumptions(user: caller) -> AssumptionsResponse:
        """Returns, volatilities, prices and more, each with its source; your own figures stand in their place."""
        view = await planning.get_assumptions(GetAssumptionsRequest(user_id=user.user_id))
        return AssumptionsResponse.model_validate(view)

    @router.patch("/assumptions", responses=problem_responses(400, 409, 413, 422), summary="Assume your own figures")
    async def set_assumptions(user: caller, body: AssumptionsBody) -> AssumptionsResponse:
        """Put your own figures in the place of the program's; your goals are judged by them from now on."""
        view = await planning.set_assumptions(body.to_request(user.user_id))
        return AssumptionsResponse.model_validate(view)

    @router.delete("/assumptions", responses=problem_responses(409, 422), summary="Drop your own figures")
    async def reset_assumptions(user: caller) -> AssumptionsResponse:
        """Go back to the program's assumptions."""
        request = SetAssumptionsRequest(user_id=user.user_id, values={}, reset=True)
        return AssumptionsResponse.model_validate(await planning.set_assumptions(request))

    @router.post("/allocation", responses=problem_responses(400, 413, 422), summary="Spread a surplus over the goals")
    async def allocate_surplus(user: caller, body: AllocationBody) -> AllocationResponse:
        """What each goal should get of one monthly surplus, by priority. Nothing is changed."""
        view = await planning.allocate_surplus(body.to_request(user.user_id))
        return AllocationResponse.model_validate(view)

    @router.post("/retirement", responses=problem_responses(400, 413, 422), summary="Can I retire at that age?")
    async def plan_retirement(user: caller, body: RetirementBody) -> RetirementResponse:
        """The corpus that it takes, the gap to it, what would close it, and how likely the money lasts."""
        view = await planning.plan_retirement(body.to_request(user.user_id))
        return RetirementResponse.model_validate(view)


def add_goal_routes(router: APIRouter, planning: PlanningUseCases, caller: Any) -> None:
    """Routes about one goal."""

    @router.get("/{goal_id}/plan", responses=problem_responses(404, 422), summary="What a goal takes")
    async def plan_goal(
        user: caller,
        goal_id: UUID,
        step_up_percent: Annotated[AmountText | None, Query(description="0 to 50.", examples=["10"])] = None,
    ) -> GoalPlanResponse:
        """Its price on the day, the contribution it takes (level, stepped up, or once), and what is projected."""
        request = PlanGoalRequest(
            user_id=user.user_id,
            goal_id=GoalId(goal_id),
            step_up_percent=optional_number("step_up_percent", step_up_percent),
        )
        return GoalPlanResponse.model_validate(await planning.plan_goal(request))

    @router.get("/{goal_id}/simulation", responses=problem_responses(404, 422), summary="How likely a goal is")
    async def simulate_goal(
        user: caller,
        goal_id: UUID,
        monthly_contribution: Annotated[AmountText | None, Query(description="As planned unless given.")] = None,
        step_up_percent: Annotated[AmountText | None, Query(description="0 to 50.")] = None,
        interval: Annotated[Interval, Query(description="How often the fan is told.")] = Interval.YEAR,
        paths: Paths = DEFAULT_PATHS,
        seed: Seed = DEFAULT_SEED,
    ) -> SimulationResponse:
        """The probability with its standard error, and percentiles over time for a chart."""
        request = SimulateGoalRequest(
            user_id=user.user_id,
            goal_id=GoalId(goal_id),
            monthly_contribution=optional_number("monthly_contribution", monthly_contribution),
            step_up_percent=optional_number("step_up_percent", step_up_percent),
            interval=interval,
            paths=paths,
            seed=seed,
        )
        return SimulationResponse.model_validate(await planning.simulate_goal(request))

    @router.post("/{goal_id}/what-if", responses=problem_responses(400, 404, 413, 422), summary="What if …?")
    async def what_if_goal(user: caller, goal_id: UUID, body: WhatIfBody) -> WhatIfResponse:
        """The goal before and after a change, side by side. Nothing is changed."""
        view = await planning.what_if_goal(body.to_request(user.user_id, GoalId(goal_id)))
        return WhatIfResponse.model_validate(view)
