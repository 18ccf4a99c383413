"""What a goal takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.goals.application.goal_book import BookedGoal, GoalBook
from services.goals.application.planning.assumptions_used import AssumptionsUsed, left_out_of, used_for
from services.goals.domain.goal import Goal, GoalState, GoalType, require_step_up
from services.goals.domain.planning.assumptions import AssetClass, Assumptions
from services.goals.domain.planning.plan import basis_of, plan_of
from services.goals.domain.planning.portfolio import growth_of
from services.goals.domain.planning.standing import judge
from services.goals.domain.savings import Savings
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import GoalId, UserId
from services.shared.domain.money import Money

DEFAULT_STEP_UP_PERCENT: Final = Decimal(10)
_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoalRequest:
    """`step_up_percent` is for the stepped-up contribution: the goal's own unless given, 10 when it has none."""

    user_id: UserId
    goal_id: GoalId
    step_up_percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GlideYearView:
    """Where the money lies with so many whole years left, percent, and what that is assumed to return in a year."""

    years_left: int
    equity_percent: Decimal
    debt_percent: Decimal
    gold_percent: Decimal
    cash_percent: Decimal
    expected_return_percent: Decimal
    volatility_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPlanView:
    """A goal's plan on the day `as_of`; see `domain.planning.plan.plan_of` for what each amount means."""

    goal_id: GoalId
    name: str
    goal_type: GoalType
    state: GoalState
    currency: str
    as_of: date
    target_date: date
    months_left: int
    target_amount: Decimal
    target_on_date: Decimal
    saved_amount: Decimal
    savings_on_date: Decimal
    gap_on_date: Decimal
    required_monthly: Decimal
    step_up_percent: Decimal
    required_monthly_stepped: Decimal
    required_lump_sum: Decimal
    planned_monthly: Decimal
    planned_step_up_percent: Decimal
    projected_on_date: Decimal
    shortfall_on_date: Decimal
    glide_path_about: str
    glide_path: tuple[GlideYearView, ...]
    assumptions: AssumptionsUsed
    left_out: tuple[str, ...]


class PlanGoal:
    """Query: what the goal costs on its day, what each way to it takes, and what is projected."""

    def __init__(self, book: GoalBook, clock: Clock) -> None:
        self._book = book
        self._clock = clock

    async def __call__(self, request: PlanGoalRequest) -> GoalPlanView:
        """GoalNotFoundError unless it is the caller's; InvalidInputError for a step-up that cannot be."""
        booked = await self._book.one(request.user_id, request.goal_id)
        assumptions = await self._book.assumptions(request.user_id)
        return _view(booked, assumptions, today(self._clock), step_up_of(booked.goal, request.step_up_percent))

    async def of_draft(self, goal: Goal) -> GoalPlanView:
        """The plan of a goal that is not kept, or not kept like this; linked accounts do not count."""
        assumptions = await self._book.assumptions(goal.user_id)
        nothing = Money.zero(goal.currency)
        booked = BookedGoal(goal, (), Savings(goal.saved_amount, nothing))
        return _view(booked, assumptions, today(self._clock), step_up_of(goal, None))


def step_up_of(goal: Goal, wanted: Decimal | None) -> Decimal:
    """The step-up for a stepped contribution: as wanted, else the goal's own, else 10."""
    step_up = wanted if wanted is not None else goal.step_up_percent or DEFAULT_STEP_UP_PERCENT
    require_step_up(step_up)
    return step_up


def _view(booked: BookedGoal, assumptions: Assumptions, day: date, step_up: Decimal) -> GoalPlanView:
    goal, saved = booked.goal, booked.savings.total
    basis = basis_of(goal, saved, assumptions, day)
    plan = plan_of(basis, step_up)
    path = assumptions.glide_path_of(goal.goal_type)
    return GoalPlanView(
        goal_id=goal.id,
        name=goal.name,
        goal_type=goal.goal_type,
        state=judge(goal, saved, assumptions, day),
        currency=goal.currency,
        as_of=day,
        target_date=goal.target_date,
        months_left=plan.months,
        target_amount=goal.target_amount.amount,
        target_on_date=plan.target_on_date.amount,
        saved_amount=saved.amount,
        savings_on_date=plan.savings_on_date.amount,
        gap_on_date=plan.gap_on_date.amount,
        required_monthly=plan.required_monthly.amount,
        step_up_percent=step_up,
        required_monthly_stepped=plan.required_monthly_stepped.amount,
        required_lump_sum=plan.required_lump_sum.amount,
        planned_monthly=basis.monthly.amount,
        planned_step_up_percent=goal.step_up_percent,
        projected_on_date=plan.projected.amount,
        shortfall_on_date=plan.shortfall.amount,
        glide_path_about=path.about,
        glide_path=tuple(_year(assumptions, goal, left) for left in _years(plan.months)),
        assumptions=used_for(goal, assumptions),
        left_out=left_out_of(goal, assumptions, *booked.savings.left_out),
    )


def _years(months: int) -> range:
    """Whole years left, from now to the day."""
    return range((max(months, 1) - 1) // 12, -1, -1)


def _year(assumptions: Assumptions, goal: Goal, left: int) -> GlideYearView:
    mix = assumptions.glide_path_of(goal.goal_type).mix(left)
    growth = growth_of(mix, assumptions)
    shares = {f"{asset}_percent": mix[asset].quantize(_HUNDREDTH) for asset in AssetClass}
    return GlideYearView(
        years_left=left,
        **shares,
        expected_return_percent=growth.expected_percent.quantize(_HUNDREDTH),
        volatility_percent=growth.volatility_percent.quantize(_HUNDREDTH),
    )
