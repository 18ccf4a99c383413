"""What a goal takes, under assumptions: its price on the day, and the ways to come to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from services.goals.domain.goal import Goal
from services.goals.domain.planning.amounts import as_money, as_money_up
from services.goals.domain.planning.assumptions import Assumptions
from services.goals.domain.planning.portfolio import Growth, growth_path
from services.goals.domain.planning.saving import (
    contribution_weights,
    future_value,
    grown,
    monthly_factor,
    required_lump_sum,
    required_monthly,
)
from services.goals.domain.progress import whole_months
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBasis:
    """Everything that a plan is computed from. `monthly` is the contribution of this month, `elapsed` the months since
    it was first set (for the step-up), `growth` what is assumed of each month to come."""

    target: Money
    saved: Money
    monthly: Money
    step_up_percent: Decimal
    elapsed: int
    growth: tuple[Growth, ...]

    @property
    def months(self) -> int:
        """Months to come."""
        return len(self.growth)

    @property
    def factors(self) -> list[Decimal]:
        """Each month's expected growth factor."""
        return [monthly_factor(month.expected_percent) for month in self.growth]

    @property
    def contributions(self) -> list[Decimal]:
        """What is planned to be added at the end of each month."""
        first_ever = self.monthly.amount / contribution_weights(self.step_up_percent, 1, self.elapsed)[0]
        return [first_ever * weight for weight in contribution_weights(self.step_up_percent, self.months, self.elapsed)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalPlan:
    """See `plan_of` for each figure."""

    months: int
    target_on_date: Money
    savings_on_date: Money
    gap_on_date: Money
    required_monthly: Money
    required_monthly_stepped: Money
    required_lump_sum: Money
    projected: Money
    shortfall: Money


def target_on_date(goal: Goal, assumptions: Assumptions, on: date | None = None) -> Money:
    """What the goal costs on its day, or on another day: target_amount x (1 + inflation)^(months / 12) from the day
    of its prices; target_amount itself for a goal that does not rise with prices."""
    if not goal.inflation_adjusted:
        return goal.target_amount
    months = whole_months(goal.prices_of, on or goal.target_date)
    inflation = assumptions.inflation_of(goal.goal_type).value
    return as_money(grown(goal.target_amount.amount, inflation, months), goal.currency)


def basis_of(goal: Goal, saved: Money, assumptions: Assumptions, today: date, months: int | None = None) -> PlanBasis:
    """What the goal's plan is computed from on a day; over other than the whole months left, if given."""
    months = whole_months(today, goal.target_date) if months is None else months
    return PlanBasis(
        target=target_on_date(goal, assumptions),
        saved=saved,
        monthly=contribution_now(goal, today),
        step_up_percent=goal.step_up_percent,
        elapsed=whole_months(goal.contributes_from, today),
        growth=growth_path(assumptions.glide_path_of(goal.goal_type), months, assumptions),
    )


def contribution_now(goal: Goal, today: date) -> Money:
    """The planned contribution with the step-ups that are due by now."""
    elapsed = whole_months(goal.contributes_from, today)
    weight = contribution_weights(goal.step_up_percent, 1, elapsed)[0]
    return as_money(goal.planned_monthly.amount * weight, goal.currency)


def plan_of(basis: PlanBasis, step_up_percent: Decimal) -> GoalPlan:
    """The figures of a plan; returns are the expected ones of every month, contributions come at its end.

    - savings_on_date: what is saved now, grown to the day; gap_on_date: what the target exceeds it by, at least 0.
    - required_monthly: the level contribution that closes the gap; required_monthly_stepped: the first contribution if
      it rises by `step_up_percent` after every twelve; required_lump_sum: what closes the gap if added today, once.
      Each is rounded up to the minor unit; with no whole month left each is all that is missing.
    - projected: savings and the contributions that are planned, on the day; shortfall: what the target exceeds it by,
      at least 0.
    """
    currency, factors = basis.target.currency, basis.factors
    target, saved = basis.target.amount, basis.saved.amount
    level = [Decimal(1)] * basis.months
    stepped = contribution_weights(step_up_percent, basis.months)
    savings = as_money(future_value(saved, Decimal(0), factors), currency)
    projected = projection(basis)
    return GoalPlan(
        months=basis.months,
        target_on_date=basis.target,
        savings_on_date=savings,
        gap_on_date=_excess(basis.target, savings),
        required_monthly=as_money_up(required_monthly(target, saved, factors, level), currency),
        required_monthly_stepped=as_money_up(required_monthly(target, saved, factors, stepped), currency),
        required_lump_sum=as_money_up(required_lump_sum(target, saved, factors), currency),
        projected=projected,
        shortfall=_excess(basis.target, projected),
    )


def projection(basis: PlanBasis) -> Money:
    """What savings and planned contributions are expected to come to."""
    value = future_value(basis.saved.amount, Decimal(1), basis.factors, basis.contributions)
    return as_money(value, basis.target.currency)


def with_constant_return(basis: PlanBasis, expected_percent: Decimal) -> PlanBasis:
    """The same plan with one expected return in every month; the volatility stays."""
    growth: Sequence[Growth] = [replace(month, expected_percent=expected_percent) for month in basis.growth]
    return replace(basis, growth=tuple(growth))


def _excess(one: Money, other: Money) -> Money:
    return max(one - other, Money.zero(one.currency))
