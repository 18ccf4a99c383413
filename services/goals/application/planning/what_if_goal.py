"""What becomes of a goal if something changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from services.goals.application.goal_book import GoalBook
from services.goals.application.planning.assumptions_used import AssumptionsUsed, left_out_of, used_for
from services.goals.application.planning.calculations import Calculations
from services.goals.application.planning.plan_goal import step_up_of
from services.goals.application.planning.simulate_goal import simulation_of, with_contribution
from services.goals.domain.goal import MAX_AMOUNT, Goal, require_future
from services.goals.domain.planning.plan import PlanBasis, basis_of, plan_of, with_constant_return
from services.goals.domain.planning.simulation import DEFAULT_PATHS, DEFAULT_SEED, Outcome, simulate
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money

LEAST_RETURN: Final = Decimal(-20)
MOST_RETURN: Final = Decimal(30)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfGoalRequest:
    """What would change; None leaves a thing as it is, and at least one must be given.

    `expected_return_percent` stands in place of the glide path's return in every month, `lump_sum` is added today.
    """

    user_id: UserId
    goal_id: GoalId
    target_amount: Decimal | None = None
    target_date: date | None = None
    expected_return_percent: Decimal | None = None
    monthly_contribution: Decimal | None = None
    step_up_percent: Decimal | None = None
    lump_sum: Decimal | None = None
    paths: int = DEFAULT_PATHS
    seed: int = DEFAULT_SEED

    @property
    def changes(self) -> tuple[object, ...]:
        """Everything that may change."""
        return (
            self.target_amount,
            self.target_date,
            self.expected_return_percent,
            self.monthly_contribution,
            self.step_up_percent,
            self.lump_sum,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioView:
    """One side of the comparison; see `GoalPlanView` and `SimulationView` for the figures."""

    target_date: date
    months_left: int
    target_on_date: Decimal
    saved_amount: Decimal
    monthly_contribution: Decimal
    step_up_percent: Decimal
    required_monthly: Decimal
    required_monthly_stepped: Decimal
    projected_on_date: Decimal
    shortfall_on_date: Decimal
    probability_percent: Decimal
    standard_error_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """After less before."""

    months_left: int
    target_on_date: Decimal
    required_monthly: Decimal
    projected_on_date: Decimal
    shortfall_on_date: Decimal
    probability_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfView:
    """Both sides meet the same simulated markets, so that their difference is not chance alone."""

    goal_id: GoalId
    name: str
    currency: str
    as_of: date
    before: ScenarioView
    after: ScenarioView
    difference: DifferenceView
    paths: int
    seed: int
    assumptions: AssumptionsUsed
    left_out: tuple[str, ...]


class WhatIfGoal:
    """Query: the goal's plan and probability as they are, and as they would be. Nothing is changed."""

    def __init__(self, book: GoalBook, calculations: Calculations, clock: Clock) -> None:
        self._book = book
        self._calculations = calculations
        self._clock = clock

    async def __call__(self, request: WhatIfGoalRequest) -> WhatIfView:
        """GoalNotFoundError unless it is the caller's; InvalidInputError for a change that cannot be, or none."""
        if not any(change is not None for change in request.changes):
            raise InvalidInputError("Say what would change: an amount, a day, a return, a contribution, a lump sum.")
        booked = await self._book.one(request.user_id, request.goal_id)
        assumptions = await self._book.assumptions(request.user_id)
        day, goal = today(self._clock), booked.goal
        changed = _changed(goal, request, day)
        before = basis_of(goal, booked.savings.total, assumptions, day)
        after = basis_of(changed, booked.savings.total + _lump_sum(request, goal), assumptions, day)
        after = _with_return(after, request.expected_return_percent)
        sides = ((goal, before), (changed, after))
        first, second = [await self._scenario(one, basis, request) for one, basis in sides]
        return WhatIfView(
            goal_id=goal.id,
            name=goal.name,
            currency=goal.currency,
            as_of=day,
            before=first,
            after=second,
            difference=_difference(first, second),
            paths=request.paths,
            seed=request.seed,
            assumptions=used_for(goal, assumptions),
            left_out=left_out_of(goal, assumptions, *booked.savings.left_out),
        )

    async def _scenario(self, goal: Goal, basis: PlanBasis, request: WhatIfGoalRequest) -> ScenarioView:
        wanted = simulation_of(basis, request.paths, request.seed)
        return _scenario(goal, basis, await self._calculations.run(lambda: simulate(wanted)))


def _changed(goal: Goal, request: WhatIfGoalRequest, day: date) -> Goal:
    if request.target_date is not None:
        require_future(request.target_date, day)
        goal = replace(goal, target_date=request.target_date)
    if request.target_amount is not None:
        goal = replace(goal, target_amount=Money(request.target_amount, goal.currency), priced_on=day)
    return with_contribution(goal, request.monthly_contribution, request.step_up_percent, day)


def _lump_sum(request: WhatIfGoalRequest, goal: Goal) -> Money:
    amount = request.lump_sum or Decimal(0)
    if not 0 <= amount <= MAX_AMOUNT:
        raise InvalidInputError(f"lump_sum must be from 0 to {MAX_AMOUNT:,}.")
    return Money(amount, goal.currency)


def _with_return(basis: PlanBasis, expected: Decimal | None) -> PlanBasis:
    if expected is None:
        return basis
    if not LEAST_RETURN <= expected <= MOST_RETURN:
        raise InvalidInputError(f"expected_return_percent must be from {LEAST_RETURN} to {MOST_RETURN}.")
    return with_constant_return(basis, expected)


def _scenario(goal: Goal, basis: PlanBasis, outcome: Outcome) -> ScenarioView:
    plan = plan_of(basis, step_up_of(goal, None))
    return ScenarioView(
        target_date=goal.target_date,
        months_left=plan.months,
        target_on_date=plan.target_on_date.amount,
        saved_amount=basis.saved.amount,
        monthly_contribution=basis.monthly.amount,
        step_up_percent=goal.step_up_percent,
        required_monthly=plan.required_monthly.amount,
        required_monthly_stepped=plan.required_monthly_stepped.amount,
        projected_on_date=plan.projected.amount,
        shortfall_on_date=plan.shortfall.amount,
        probability_percent=outcome.probability_percent,
        standard_error_percent=outcome.standard_error_percent,
    )


def _difference(before: ScenarioView, after: ScenarioView) -> DifferenceView:
    return DifferenceView(
        months_left=after.months_left - before.months_left,
        target_on_date=after.target_on_date - before.target_on_date,
        required_monthly=after.required_monthly - before.required_monthly,
        projected_on_date=after.projected_on_date - before.projected_on_date,
        shortfall_on_date=after.shortfall_on_date - before.shortfall_on_date,
        probability_percent=after.probability_percent - before.probability_percent,
    )
