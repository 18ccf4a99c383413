"""Tools that plan: what goals take, how likely they are, what if, one surplus over all of them, retirement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from pydantic import Field

from services.goals.application.planning.allocate_surplus import AllocateSurplusRequest, AllocationView
from services.goals.application.planning.get_assumptions import AssumptionsView, GetAssumptionsRequest
from services.goals.application.planning.plan_goal import GoalPlanView, PlanGoalRequest
from services.goals.application.planning.plan_retirement import PlanRetirementRequest, RetirementView
from services.goals.application.planning.simulate_goal import SimulateGoalRequest, SimulationView
from services.goals.application.planning.what_if_goal import WhatIfGoalRequest, WhatIfView
from services.goals.application.use_cases import GoalsUseCases
from services.goals.domain.planning.retirement import MAX_AGE, MIN_AGE
from services.shared.domain.identity import Identity
from services.shared.domain.money import Money
from tools.arguments import Amount, Percent
from tools.goals import GoalRef, meant
from tools.profile import NoArguments
from tools.tool import Cost, Tool, ToolArguments

_SHOWN = 12
T = TypeVar("T")


class PlanArguments(ToolArguments):
    """Which goal, and how a stepped-up contribution would rise."""

    goal: GoalRef
    step_up_percent: Percent | None = Field(default=None, description="yearly rise; the goal's own or 10 without it")


class SimulationArguments(ToolArguments):
    """Which goal, and with what contribution: the planned one when nothing is said."""

    goal: GoalRef
    monthly_contribution: Amount | None = None
    step_up_percent: Percent | None = Field(default=None, description="yearly rise of it")


class WhatIfArguments(ToolArguments):
    """Which goal, and what would change: at least one thing."""

    goal: GoalRef
    target_amount: Amount | None = Field(default=None, description="at today's prices")
    target_date: date | None = Field(default=None, description="YYYY-MM-DD")
    expected_return_percent: Percent | None = Field(default=None, description="a year, instead of the assumed one")
    monthly_contribution: Amount | None = None
    step_up_percent: Percent | None = Field(default=None, description="yearly rise of the contribution")
    lump_sum: Amount | None = Field(default=None, description="added today, once")


class AllocationArguments(ToolArguments):
    """What is left over each month."""

    surplus: Amount = Field(description="a month, such as '40000'")
    unit: Amount | None = Field(default=None, description="shares are multiples of it; 1 without it")
    currency: str = Field(default="INR", max_length=3)


class RetirementArguments(ToolArguments):
    """The person's age and means; amounts at today's prices."""

    age: int = Field(ge=MIN_AGE, le=MAX_AGE, description="the person's age now")
    retire_at: int = Field(ge=MIN_AGE, le=MAX_AGE + 10, description="the age at which to stop working")
    monthly_expenses: Amount = Field(description="what life costs a month")
    saved: Amount | None = Field(default=None, description="saved for retirement; without it by the retirement goals")
    monthly_contribution: Amount | None = Field(default=None, description="added every month until then")
    step_up_percent: Percent | None = Field(default=None, description="yearly rise of the contribution")
    monthly_pension: Amount | None = Field(default=None, description="pension or rent that rises with prices")
    currency: str = Field(default="INR", max_length=3)


def goal_plan_tools(goals: GoalsUseCases) -> list[Tool[Any]]:
    """Tools that compute and change nothing."""
    return [*_one_goal(goals), *_all_goals(goals)]


def _one_goal(goals: GoalsUseCases) -> list[Tool[Any]]:
    return [_plan(goals), _simulate(goals), _what_if(goals)]


def _plan(goals: GoalsUseCases) -> Tool[PlanArguments]:
    async def plan_goal(identity: Identity, wanted: PlanArguments) -> GoalPlanView:
        goal = await meant(goals, identity, wanted.goal)
        request = PlanGoalRequest(user_id=identity.user_id, goal_id=goal.id, step_up_percent=wanted.step_up_percent)
        view = await goals.planning.plan_goal(request)
        return replace(view, glide_path=_some(view.glide_path))

    return Tool(
        name="plan_goal",
        description="What one goal takes with assumed returns and inflation: its price on the day, the required "
        "monthly investment (level, stepped up, or one lump sum), what is projected, the shortfall, and where to "
        "invest by the years left.",
        scope="goals:read",
        arguments=PlanArguments,
        run=plan_goal,
    )


def _simulate(goals: GoalsUseCases) -> Tool[SimulationArguments]:
    async def simulate_goal(identity: Identity, wanted: SimulationArguments) -> SimulationView:
        goal = await meant(goals, identity, wanted.goal)
        request = SimulateGoalRequest(
            user_id=identity.user_id,
            goal_id=goal.id,
            monthly_contribution=wanted.monthly_contribution,
            step_up_percent=wanted.step_up_percent,
        )
        view = await goals.planning.simulate_goal(request)
        return replace(view, fan=_some(view.fan))

    return Tool(
        name="simulate_goal",
        description="How likely one goal is to be reached: the probability in percent with its standard error by "
        "Monte Carlo, and percentiles over time.",
        scope="goals:read",
        arguments=SimulationArguments,
        run=simulate_goal,
        cost=Cost.HIGH,
    )


def _what_if(goals: GoalsUseCases) -> Tool[WhatIfArguments]:
    async def what_if_goal(identity: Identity, wanted: WhatIfArguments) -> WhatIfView:
        goal = await meant(goals, identity, wanted.goal)
        changes = wanted.model_dump(exclude={"goal"})
        return await goals.planning.what_if_goal(
            WhatIfGoalRequest(user_id=identity.user_id, goal_id=goal.id, **changes)
        )

    return Tool(
        name="what_if_goal",
        description="One goal before and after a change of amount, day, return, contribution, step-up or lump sum: "
        "required monthly investment, projection and probability side by side. Changes nothing.",
        scope="goals:read",
        arguments=WhatIfArguments,
        run=what_if_goal,
        cost=Cost.HIGH,
    )


def _all_goals(goals: GoalsUseCases) -> list[Tool[Any]]:
    async def allocate_surplus(identity: Identity, wanted: AllocationArguments) -> AllocationView:
        request = AllocateSurplusRequest(user_id=identity.user_id, surplus=Money(wanted.surplus, wanted.currency))
        if wanted.unit is not None:
            request = replace(request, unit=wanted.unit)
        return await goals.planning.allocate_surplus(request)

    async def plan_retirement(identity: Identity, wanted: RetirementArguments) -> RetirementView:
        return await goals.planning.plan_retirement(_retirement(identity, wanted))

    async def list_assumptions(identity: Identity, _: NoArguments) -> AssumptionsView:
        return await goals.planning.get_assumptions(GetAssumptionsRequest(user_id=identity.user_id))

    return [
        Tool(
            name="allocate_surplus",
            description="How to spread one monthly surplus over all goals by priority: what each needs and gets.",
            scope="goals:read",
            arguments=AllocationArguments,
            run=allocate_surplus,
        ),
        Tool(
            name="plan_retirement",
            description="Can I retire at an age: the corpus needed from monthly expenses, the gap, the required "
            "monthly investment, the earliest age, until when the money lasts and how likely.",
            scope="goals:read",
            arguments=RetirementArguments,
            run=plan_retirement,
            cost=Cost.HIGH,
        ),
        Tool(
            name="list_assumptions",
            description="What plans assume (returns, volatility, inflation, life expectancy), with sources.",
            scope="goals:read",
            arguments=NoArguments,
            run=list_assumptions,
        ),
    ]


def _retirement(identity: Identity, wanted: RetirementArguments) -> PlanRetirementRequest:
    def money(name: str) -> Money | None:
        amount = getattr(wanted, name)
        return None if amount is None else Money(amount, wanted.currency)

    request = PlanRetirementRequest(
        user_id=identity.user_id,
        age=wanted.age,
        retire_at=wanted.retire_at,
        monthly_expenses=Money(wanted.monthly_expenses, wanted.currency),
        saved=money("saved"),
        monthly_contribution=money("monthly_contribution"),
        monthly_pension=money("monthly_pension"),
    )
    return request if wanted.step_up_percent is None else replace(request, step_up_percent=wanted.step_up_percent)


def _some(points: Sequence[T]) -> tuple[T, ...]:
    """At most twelve, evenly over all of them, the first and the last among them: a model reads every one."""
    if len(points) <= _SHOWN:
        return tuple(points)
    return tuple(points[index * (len(points) - 1) // (_SHOWN - 1)] for index in range(_SHOWN))
