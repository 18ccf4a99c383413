"""How likely a goal is, and what may come of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from services.goals.application.goal_book import BookedGoal, GoalBook
from services.goals.application.planning.assumptions_used import AssumptionsUsed, left_out_of, used_for
from services.goals.application.planning.calculations import Calculations
from services.goals.application.planning.fan import FanPointView, fan_view, marks_of
from services.goals.domain.goal import Goal
from services.goals.domain.planning.amounts import as_money
from services.goals.domain.planning.assumptions import Assumptions
from services.goals.domain.planning.plan import PlanBasis, basis_of
from services.goals.domain.planning.simulation import DEFAULT_PATHS, DEFAULT_SEED, Outcome, Simulation, simulate
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money


class Interval(StrEnum):
    """How often the fan is told."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulateGoalRequest:
    """With the contribution and step-up that are planned, unless others are given (they would begin now)."""

    user_id: UserId
    goal_id: GoalId
    monthly_contribution: Decimal | None = None
    step_up_percent: Decimal | None = None
    interval: Interval = Interval.YEAR
    paths: int = DEFAULT_PATHS
    seed: int = DEFAULT_SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationView:
    """`probability_percent` is the part of `paths` futures in which the goal is reached, with its standard error; the
    same seed gives the same futures. `median_on_date` and `mean_on_date` are of what there is on the day."""

    goal_id: GoalId
    name: str
    currency: str
    as_of: date
    target_date: date
    months_left: int
    target_on_date: Decimal
    saved_amount: Decimal
    monthly_contribution: Decimal
    step_up_percent: Decimal
    probability_percent: Decimal
    standard_error_percent: Decimal
    paths: int
    seed: int
    median_on_date: Decimal
    mean_on_date: Decimal
    fan: tuple[FanPointView, ...]
    assumptions: AssumptionsUsed
    left_out: tuple[str, ...]


class SimulateGoal:
    """Query: the goal under many possible futures. It takes CPU time, in a thread."""

    def __init__(self, book: GoalBook, calculations: Calculations, clock: Clock) -> None:
        self._book = book
        self._calculations = calculations
        self._clock = clock

    async def __call__(self, request: SimulateGoalRequest) -> SimulationView:
        """GoalNotFoundError unless it is the caller's; InvalidInputError for what cannot be simulated."""
        booked = await self._book.one(request.user_id, request.goal_id)
        assumptions = await self._book.assumptions(request.user_id)
        day = today(self._clock)
        goal = with_contribution(booked.goal, request.monthly_contribution, request.step_up_percent, day)
        basis = basis_of(goal, booked.savings.total, assumptions, day)
        wanted = simulation_of(basis, request.paths, request.seed, marks_of(basis.months, request.interval == "month"))
        outcome = await self._calculations.run(lambda: simulate(wanted))
        return _view(replace(booked, goal=goal), basis, outcome, assumptions, day)


def with_contribution(goal: Goal, monthly: Decimal | None, step_up: Decimal | None, day: date) -> Goal:
    """The goal with another contribution from now on; InvalidInputError for one that cannot be."""
    if monthly is not None:
        goal = replace(goal, monthly_contribution=Money(monthly, goal.currency), planned_from=day)
    return goal if step_up is None else replace(goal, step_up_percent=step_up, planned_from=day)


def simulation_of(basis: PlanBasis, paths: int, seed: int, marks: tuple[int, ...] = ()) -> Simulation:
    """The simulation of a plan."""
    return Simulation(
        initial=basis.saved.amount,
        flows=basis.contributions,
        growth=basis.growth,
        target=basis.target.amount,
        marks=marks,
        paths=paths,
        seed=seed,
    )


def _view(
    booked: BookedGoal, basis: PlanBasis, outcome: Outcome, assumptions: Assumptions, day: date
) -> SimulationView:
    goal = booked.goal
    return SimulationView(
        goal_id=goal.id,
        name=goal.name,
        currency=goal.currency,
        as_of=day,
        target_date=goal.target_date,
        months_left=basis.months,
        target_on_date=basis.target.amount,
        saved_amount=basis.saved.amount,
        monthly_contribution=basis.monthly.amount,
        step_up_percent=goal.step_up_percent,
        probability_percent=outcome.probability_percent,
        standard_error_percent=outcome.standard_error_percent,
        paths=outcome.paths,
        seed=outcome.seed,
        median_on_date=as_money(outcome.median, goal.currency).amount,
        mean_on_date=as_money(outcome.mean, goal.currency).amount,
        fan=fan_view(outcome.fan, day, goal.currency),
        assumptions=used_for(goal, assumptions),
        left_out=left_out_of(goal, assumptions, *booked.savings.left_out),
    )
