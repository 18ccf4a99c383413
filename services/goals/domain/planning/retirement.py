"""Whether, and with how much, a person can stop working."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from services.goals.domain.planning.amounts import as_money, as_money_up
from services.goals.domain.planning.portfolio import Growth
from services.goals.domain.planning.saving import (
    contribution_weights,
    future_value,
    grown,
    monthly_factor,
    required_monthly,
)
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money

MIN_AGE: Final = 16
MAX_AGE: Final = 100
_ROUNDING: Final = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirementBasis:
    """`expenses` and `pension` are of one month at today's prices and rise with `inflation_percent`; pensions begin
    at retirement. `contribution` is of this month; `until_age` is the age up to which money must last."""

    age: int
    retire_at: int
    until_age: int
    expenses: Money
    pension: Money
    saved: Money
    contribution: Money
    step_up_percent: Decimal
    inflation_percent: Decimal
    drawdown: Growth

    def __post_init__(self) -> None:
        if not MIN_AGE <= self.age <= MAX_AGE:
            raise InvalidInputError(f"age must be from {MIN_AGE} to {MAX_AGE}.")
        if not self.age <= self.retire_at < self.until_age:
            raise InvalidInputError(
                f"retire_at must be from your age, {self.age}, to {self.until_age - 1}: plans reach to the age of "
                f"{self.until_age}. Another life_expectancy_years can be set among your assumptions."
            )

    @property
    def months_to_go(self) -> int:
        """Months until retirement."""
        return (self.retire_at - self.age) * 12

    @property
    def months_retired(self) -> int:
        """Months that the money has to last."""
        return (self.until_age - self.retire_at) * 12

    @property
    def net_expenses(self) -> Decimal:
        """What has to come out of savings each month, at today's prices; 0 where pensions cover everything."""
        return max(self.expenses.amount - self.pension.amount, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class RetirementPlan:
    """See `plan_retirement` for each figure."""

    expenses_at_retirement: Money
    corpus_required: Money
    corpus_today: Money
    projected_corpus: Money
    gap: Money
    required_monthly: Money
    required_monthly_stepped: Money
    can_retire: bool
    lasts_until_age: int


def plan_retirement(basis: RetirementBasis, growth: Sequence[Growth]) -> RetirementPlan:
    """The figures, with the expected returns `growth` of each month until retirement.

    - expenses_at_retirement: net expenses of the first month of retirement, at its prices.
    - corpus_required: what pays every month's net expenses, taken out at the beginning of the month and rising with
      prices, until `until_age`, and is then used up; corpus_today: its worth at today's prices.
    - projected_corpus: savings and planned contributions at retirement; gap: what the corpus exceeds it by, at least 0.
    - required_monthly: the level contribution with which savings come to the corpus, required_monthly_stepped: the
      first one if it rises by `step_up_percent` a year. Either takes the place of what is planned.
    - lasts_until_age: the age in which the projected corpus runs dry; until_age when it does not before.
    """
    currency = basis.expenses.currency
    factors = [monthly_factor(month.expected_percent) for month in growth]
    weights = contribution_weights(basis.step_up_percent, basis.months_to_go)
    first = grown(basis.net_expenses, basis.inflation_percent, basis.months_to_go)
    corpus = as_money_up(first * drawdown_value(basis), currency)
    projected = as_money(future_value(basis.saved.amount, basis.contribution.amount, factors, weights), currency)
    level = [Decimal(1)] * basis.months_to_go
    saved = basis.saved.amount
    return RetirementPlan(
        expenses_at_retirement=as_money(first, currency),
        corpus_required=corpus,
        corpus_today=as_money(grown(corpus.amount, basis.inflation_percent, -basis.months_to_go), currency),
        projected_corpus=projected,
        gap=max(corpus - projected, Money.zero(currency)),
        required_monthly=as_money_up(required_monthly(corpus.amount, saved, factors, level), currency),
        required_monthly_stepped=as_money_up(required_monthly(corpus.amount, saved, factors, weights), currency),
        can_retire=projected.amount >= corpus.amount,
        lasts_until_age=_lasts_until(basis, projected.amount, first),
    )


def drawdown_value(basis: RetirementBasis) -> Decimal:
    """What a first withdrawal of 1 a month costs at retirement: sum over k from 0 of ((1 + i) / (1 + r))^(k / 12).

    A growing annuity-due over the months of retirement; with q the monthly ratio it equals (1 - q^n) / (1 - q), or n
    where q is 1. Source: S. Kellison, The Theory of Interest, on annuities in geometric progression.
    """
    ratio = monthly_factor(basis.inflation_percent) / monthly_factor(basis.drawdown.expected_percent)
    total, term = Decimal(0), Decimal(1)
    for _ in range(basis.months_retired):
        total += term
        term *= ratio
    return total


def withdrawals(basis: RetirementBasis) -> list[Decimal]:
    """What is taken out at the beginning of each month of retirement, the first month first."""
    rise = monthly_factor(basis.inflation_percent)
    amount = grown(basis.net_expenses, basis.inflation_percent, basis.months_to_go)
    taken = []
    for _ in range(basis.months_retired):
        taken.append(amount)
        amount *= rise
    return taken


def earliest_age(basis: RetirementBasis, growth_until: Callable[[int], Sequence[Growth]]) -> int | None:
    """The first age at which the projected corpus suffices; None when there is none before `until_age`.

    `growth_until` gives the growth of each of so many months to go.
    """
    for age in range(basis.age, basis.until_age):
        other = replace(basis, retire_at=age)
        if plan_retirement(other, growth_until(other.months_to_go)).can_retire:
            return age
    return None


def _lasts_until(basis: RetirementBasis, corpus: Decimal, first: Decimal) -> int:
    factor, rise = monthly_factor(basis.drawdown.expected_percent), monthly_factor(basis.inflation_percent)
    needed = first
    for month in range(basis.months_retired):
        if corpus < needed - _ROUNDING:
            return basis.retire_at + month // 12
        corpus = (corpus - needed) * factor
        needed *= rise
    return basis.until_age
