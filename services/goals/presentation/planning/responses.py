"""Response bodies of the planning routes. Amounts are decimal strings; see the views for what each figure means."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from services.goals.domain.goal import GoalState, GoalType
from services.goals.presentation.amounts import Exact, ViewResponse


class AssumedFigureResponse(ViewResponse):
    """An assumption; `personal` when it is your own."""

    name: str = Field(examples=["equity.expected_return_percent"])
    value: Exact = Field(examples=["12.0"])
    personal: bool


class AssumptionsUsedResponse(ViewResponse):
    """What a result rests on; GET /goals/assumptions tells the sources."""

    version: str = Field(examples=["2026-11"])
    as_of: date
    glide_path: str = Field(examples=["standard"])
    figures: list[AssumedFigureResponse]


class ResultResponse(ViewResponse):
    """Base of results: when they hold, what they assume, what they leave out."""

    as_of: date
    currency: str
    assumptions: AssumptionsUsedResponse
    left_out: list[str]


class GlideYearResponse(ViewResponse):
    """Where the money lies with so many whole years left."""

    years_left: int
    equity_percent: Exact
    debt_percent: Exact
    gold_percent: Exact
    cash_percent: Exact
    expected_return_percent: Exact
    volatility_percent: Exact


class GoalPlanResponse(ResultResponse):
    """What a goal takes."""

    goal_id: UUID
    name: str
    goal_type: GoalType
    state: GoalState
    target_date: date
    months_left: int
    target_amount: Exact
    target_on_date: Exact = Field(description="With the rise of prices until the day.")
    saved_amount: Exact
    savings_on_date: Exact = Field(description="What is saved now, grown to the day.")
    gap_on_date: Exact
    required_monthly: Exact = Field(description="Level, at the end of every month.", examples=["3412.18"])
    step_up_percent: Exact
    required_monthly_stepped: Exact = Field(description="The first, if it rises by step_up_percent a year.")
    required_lump_sum: Exact = Field(description="Added today, in place of contributions.")
    planned_monthly: Exact
    planned_step_up_percent: Exact
    projected_on_date: Exact = Field(description="Savings and what is planned, on the day.")
    shortfall_on_date: Exact
    glide_path_about: str
    glide_path: list[GlideYearResponse]


class FanPointResponse(ViewResponse):
    """Percentiles of the money after so many months."""

    month: int
    date: date
    p10: Exact
    p25: Exact
    p50: Exact
    p75: Exact
    p90: Exact


class SimulationResponse(ResultResponse):
    """A goal under many possible futures."""

    goal_id: UUID
    name: str
    target_date: date
    months_left: int
    target_on_date: Exact
    saved_amount: Exact
    monthly_contribution: Exact
    step_up_percent: Exact
    probability_percent: Exact = Field(description="Part of the futures that reach the goal.", examples=["71.42"])
    standard_error_percent: Exact = Field(examples=["0.45"])
    paths: int
    seed: int
    median_on_date: Exact
    mean_on_date: Exact
    fan: list[FanPointResponse]


class ScenarioResponse(ViewResponse):
    """One side of a comparison."""

    target_date: date
    months_left: int
    target_on_date: Exact
    saved_amount: Exact
    monthly_contribution: Exact
    step_up_percent: Exact
    required_monthly: Exact
    required_monthly_stepped: Exact
    projected_on_date: Exact
    shortfall_on_date: Exact
    probability_percent: Exact
    standard_error_percent: Exact


class DifferenceResponse(ViewResponse):
    """After less before."""

    months_left: int
    target_on_date: Exact
    required_monthly: Exact
    projected_on_date: Exact
    shortfall_on_date: Exact
    probability_percent: Exact


class WhatIfResponse(ResultResponse):
    """A goal as it is, and as it would be, under the same simulated futures."""

    goal_id: UUID
    name: str
    before: ScenarioResponse
    after: ScenarioResponse
    difference: DifferenceResponse
    paths: int
    seed: int


class AllocatedGoalResponse(ViewResponse):
    """A goal's share of the surplus."""

    goal_id: UUID
    name: str
    priority: int
    target_date: date
    required_monthly: Exact
    allocated: Exact
    missing: Exact
    funded_percent: Exact


class AllocationResponse(ResultResponse):
    """One monthly surplus over the goals."""

    surplus: Exact
    unit: Exact
    total_required: Exact
    allocated: Exact
    unallocated: Exact
    objective: str = Field(description="What makes it the best allocation.")
    goals: list[AllocatedGoalResponse]


class RetirementResponse(ResultResponse):
    """Whether, and with how much, you can stop working."""

    age: int
    retire_at: int
    until_age: int
    can_retire: bool = Field(description="Whether projected_corpus is at least corpus_required.")
    monthly_expenses: Exact
    monthly_pension: Exact
    expenses_at_retirement: Exact
    corpus_required: Exact
    corpus_today: Exact = Field(description="corpus_required at today's prices.")
    corpus_multiple: Exact | None = Field(description="corpus_today in years of net expenses.")
    saved: Exact
    monthly_contribution: Exact
    step_up_percent: Exact
    projected_corpus: Exact
    gap: Exact
    required_monthly: Exact
    required_monthly_stepped: Exact
    earliest_age: int | None
    lasts_until_age: int
    drawdown_return_percent: Exact
    probability_percent: Exact
    standard_error_percent: Exact
    paths: int
    seed: int


class AssumptionResponse(ViewResponse):
    """An assumption, its bounds and its source."""

    name: str
    value: Exact
    default: Exact
    personal: bool
    least: Exact
    most: Exact
    source: str


class GlidePathResponse(ViewResponse):
    """A way to spread money by the years left."""

    name: str
    about: str


class AssumptionsResponse(ViewResponse):
    """Everything that plans assume."""

    version: str
    as_of: date
    figures: list[AssumptionResponse]
    glide_paths: list[GlidePathResponse]
