"""Can I retire at that age?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.goals.application.goal_book import GoalBook
from services.goals.application.planning.assumptions_used import LEFT_OUT, AssumptionsUsed, used
from services.goals.application.planning.calculations import Calculations
from services.goals.domain.goal import MAX_AMOUNT, GoalType, require_step_up
from services.goals.domain.planning.assumptions import Assumptions
from services.goals.domain.planning.portfolio import Growth, growth_of, growth_path
from services.goals.domain.planning.retirement import (
    RetirementBasis,
    RetirementPlan,
    earliest_age,
    plan_retirement,
    withdrawals,
)
from services.goals.domain.planning.saving import contribution_weights
from services.goals.domain.planning.simulation import DEFAULT_PATHS, DEFAULT_SEED, Outcome, Simulation, simulate
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

INFLATION = "inflation.retirement_percent"
LIFE_EXPECTANCY = "life_expectancy_years"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRetirementRequest:
    """The person's age and means. `monthly_expenses` and `monthly_pension` are at today's prices, all amounts in the
    same currency. `saved` None takes what is saved for the goals of the type retirement."""

    user_id: UserId
    age: int
    retire_at: int
    monthly_expenses: Money
    saved: Money | None = None
    monthly_contribution: Money | None = None
    step_up_percent: Decimal = Decimal(0)
    monthly_pension: Money | None = None
    paths: int = DEFAULT_PATHS
    seed: int = DEFAULT_SEED


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirementView:
    """See `domain.planning.retirement.plan_retirement` for each amount.

    `corpus_multiple` is corpus_today / a year's net expenses. `earliest_age` is the first age at which what is saved
    and planned suffices, None when there is none. `probability_percent` is the part of simulated futures in which the
    money lasts to `until_age`.
    """

    as_of: date
    currency: str
    age: int
    retire_at: int
    until_age: int
    can_retire: bool
    monthly_expenses: Decimal
    monthly_pension: Decimal
    expenses_at_retirement: Decimal
    corpus_required: Decimal
    corpus_today: Decimal
    corpus_multiple: Decimal | None
    saved: Decimal
    monthly_contribution: Decimal
    step_up_percent: Decimal
    projected_corpus: Decimal
    gap: Decimal
    required_monthly: Decimal
    required_monthly_stepped: Decimal
    earliest_age: int | None
    lasts_until_age: int
    drawdown_return_percent: Decimal
    probability_percent: Decimal
    standard_error_percent: Decimal
    paths: int
    seed: int
    assumptions: AssumptionsUsed
    left_out: tuple[str, ...]


class PlanRetirement:
    """Query: the corpus that retirement takes, the gap to it, and the way there."""

    def __init__(self, book: GoalBook, calculations: Calculations, clock: Clock) -> None:
        self._book = book
        self._calculations = calculations
        self._clock = clock

    async def __call__(self, request: PlanRetirementRequest) -> RetirementView:
        """InvalidInputError for ages or amounts that cannot be."""
        _require(request)
        assumptions = await self._book.assumptions(request.user_id)
        saved, notes = await self._saved(request)
        basis = _basis(request, saved, assumptions)
        growth = _growth_until(assumptions)
        plan, first, outcome = await self._calculations.run(
            lambda: (
                plan_retirement(basis, growth(basis.months_to_go)),
                earliest_age(basis, growth),
                simulate(_simulation(basis, growth(basis.months_to_go), request)),
            )
        )
        return _view(basis, plan, first, outcome, assumptions, today(self._clock), notes)

    async def _saved(self, request: PlanRetirementRequest) -> tuple[Money, tuple[str, ...]]:
        currency = request.monthly_expenses.currency
        if request.saved is not None:
            return request.saved, ()
        goals = [one for one in await self._book.all(request.user_id) if one.goal.goal_type is GoalType.RETIREMENT]
        counted = [one for one in goals if one.goal.currency == currency]
        notes = [note for one in counted for note in one.savings.left_out]
        notes += [f"{one.goal.name} is in {one.goal.currency}." for one in goals if one not in counted]
        return Money.total((one.savings.total for one in counted), currency), tuple(notes)


def _require(request: PlanRetirementRequest) -> None:
    if not 0 < request.monthly_expenses.amount <= MAX_AMOUNT:
        raise InvalidInputError(f"monthly_expenses must be above 0 and at most {MAX_AMOUNT:,}.")
    require_step_up(request.step_up_percent)
    for name in ("saved", "monthly_contribution", "monthly_pension"):
        amount: Money | None = getattr(request, name)
        if amount is None:
            continue
        if not 0 <= amount.amount <= MAX_AMOUNT:
            raise InvalidInputError(f"{name} must be from 0 to {MAX_AMOUNT:,}.")
        if amount.currency != request.monthly_expenses.currency:
            raise InvalidInputError(f"{name} must be in the currency of monthly_expenses.")


def _basis(request: PlanRetirementRequest, saved: Money, assumptions: Assumptions) -> RetirementBasis:
    nothing = Money.zero(request.monthly_expenses.currency)
    return RetirementBasis(
        age=request.age,
        retire_at=request.retire_at,
        until_age=int(assumptions.figures[LIFE_EXPECTANCY].value),
        expenses=request.monthly_expenses,
        pension=request.monthly_pension or nothing,
        saved=saved,
        contribution=request.monthly_contribution or nothing,
        step_up_percent=request.step_up_percent,
        inflation_percent=assumptions.figures[INFLATION].value,
        drawdown=growth_of(assumptions.glide_paths["drawdown"].mix(0), assumptions),
    )


def _growth_until(assumptions: Assumptions) -> Callable[[int], tuple[Growth, ...]]:
    return lambda months: growth_path(assumptions.glide_path_of(GoalType.RETIREMENT), months, assumptions)


def _simulation(basis: RetirementBasis, growth: tuple[Growth, ...], request: PlanRetirementRequest) -> Simulation:
    """Contributions at the end of each month until retirement, withdrawals at the beginning of each month after it.

    The first withdrawal falls on the day of retirement, which is the end of the last month before it.
    """
    weights = contribution_weights(basis.step_up_percent, basis.months_to_go)
    taken = withdrawals(basis)
    flows = [basis.contribution.amount * weight for weight in weights]
    initial = basis.saved.amount
    if flows:
        flows[-1] -= taken[0]
    else:
        initial -= taken[0]
    return Simulation(
        initial=initial,
        flows=[*flows, *(-amount for amount in taken[1:])],
        growth=[*growth, *[basis.drawdown] * (len(taken) - 1)],
        target=Decimal(0),
        paths=request.paths,
        seed=request.seed,
    )


def _view(
    basis: RetirementBasis,
    plan: RetirementPlan,
    first: int | None,
    outcome: Outcome,
    assumptions: Assumptions,
    day: date,
    notes: tuple[str, ...],
) -> RetirementView:
    yearly = basis.net_expenses * 12
    paths = [assumptions.glide_path_of(GoalType.RETIREMENT), assumptions.glide_paths["drawdown"]]
    return RetirementView(
        as_of=day,
        currency=basis.expenses.currency,
        age=basis.age,
        retire_at=basis.retire_at,
        until_age=basis.until_age,
        can_retire=plan.can_retire,
        monthly_expenses=basis.expenses.amount,
        monthly_pension=basis.pension.amount,
        expenses_at_retirement=plan.expenses_at_retirement.amount,
        corpus_required=plan.corpus_required.amount,
        corpus_today=plan.corpus_today.amount,
        corpus_multiple=(plan.corpus_today.amount / yearly).quantize(Decimal("0.1")) if yearly else None,
        saved=basis.saved.amount,
        monthly_contribution=basis.contribution.amount,
        step_up_percent=basis.step_up_percent,
        projected_corpus=plan.projected_corpus.amount,
        gap=plan.gap.amount,
        required_monthly=plan.required_monthly.amount,
        required_monthly_stepped=plan.required_monthly_stepped.amount,
        earliest_age=first,
        lasts_until_age=plan.lasts_until_age,
        drawdown_return_percent=basis.drawdown.expected_percent.quantize(Decimal("0.01")),
        probability_percent=outcome.probability_percent,
        standard_error_percent=outcome.standard_error_percent,
        paths=outcome.paths,
        seed=outcome.seed,
        assumptions=used(assumptions, paths, INFLATION, LIFE_EXPECTANCY),
        left_out=notes + LEFT_OUT,
    )
