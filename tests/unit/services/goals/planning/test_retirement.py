"""Retirement: the corpus against a closed form and against a purse that is emptied month by month."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from services.goals.domain.planning.portfolio import Growth
from services.goals.domain.planning.retirement import (
    RetirementBasis,
    drawdown_value,
    earliest_age,
    plan_retirement,
    withdrawals,
)
from services.goals.domain.planning.saving import monthly_factor
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money

NOTHING = Money.zero()


def basis(**changes: object) -> RetirementBasis:
    values: dict[str, object] = {
        "age": 35,
        "retire_at": 55,
        "until_age": 90,
        "expenses": Money(Decimal(60_000)),
        "pension": NOTHING,
        "saved": Money(Decimal(2_500_000)),
        "contribution": Money(Decimal(40_000)),
        "step_up_percent": Decimal(0),
        "inflation_percent": Decimal(6),
        "drawdown": Growth(Decimal(8), Decimal(7)),
    }
    return RetirementBasis(**(values | changes))  # type: ignore[arg-type]


def growth(months: int) -> list[Growth]:
    return [Growth(Decimal(10), Decimal(13))] * months


def test_the_corpus_is_the_closed_form_and_is_used_up_to_the_last_month() -> None:
    source = random.Random(3)
    for _ in range(300):
        age = source.randint(20, 60)
        retire_at = source.randint(age, 70)
        until = source.randint(retire_at + 1, 100)
        inflation, returned = (Decimal(source.randint(0, 1200)) / 100 for _ in range(2))
        case = basis(
            age=age,
            retire_at=retire_at,
            until_age=until,
            inflation_percent=inflation,
            drawdown=Growth(returned, Decimal(0)),
        )
        ratio = monthly_factor(inflation) / monthly_factor(returned)
        months = case.months_retired
        closed = (1 - ratio**months) / (1 - ratio) if ratio != 1 else Decimal(months)
        assert abs(drawdown_value(case) / closed - 1) < Decimal("1e-15")
        plan = plan_retirement(case, growth(case.months_to_go))
        left, taken = plan.corpus_required.amount, withdrawals(case)
        for month, amount in enumerate(taken):
            left -= amount
            assert left > Decimal("-0.01"), month
            left *= monthly_factor(returned)
        assert left < taken[0] / 100 + 1


def test_what_it_asks_for_is_enough_and_a_paisa_less_is_not() -> None:
    poor = plan_retirement(basis(contribution=NOTHING), growth(240))
    assert not poor.can_retire
    assert poor.lasts_until_age < 90
    enough = plan_retirement(basis(contribution=poor.required_monthly), growth(240))
    assert enough.can_retire
    assert (enough.gap, enough.lasts_until_age) == (NOTHING, 90)
    short = plan_retirement(basis(contribution=poor.required_monthly - Money(Decimal("0.01"))), growth(240))
    assert not short.can_retire
    stepped = basis(contribution=NOTHING, step_up_percent=Decimal(10))
    first = plan_retirement(stepped, growth(240)).required_monthly_stepped
    assert first < poor.required_monthly
    assert plan_retirement(replace(stepped, contribution=first), growth(240)).can_retire


def test_known_figures() -> None:
    """60,000 a month at 6% for 20 years is 1,92,428; the corpus is its growing annuity-due at 8% for 35 years."""
    plan = plan_retirement(basis(), growth(240))
    assert plan.expenses_at_retirement == Money(Decimal("192428.13"))
    ratio = (Decimal("1.06") / Decimal("1.08")) ** (Decimal(1) / 12)
    corpus = Decimal(60_000) * Decimal("1.06") ** 20 * (1 - ratio**420) / (1 - ratio)
    assert abs(plan.corpus_required.amount - corpus) <= Decimal("0.01")
    assert plan.corpus_today == Money(plan.corpus_required.amount / Decimal("1.06") ** 20)


def test_the_earliest_age_is_the_first_that_suffices() -> None:
    case = basis()
    first = earliest_age(case, growth)
    assert first is not None
    assert plan_retirement(replace(case, retire_at=first), growth((first - 35) * 12)).can_retire
    assert not plan_retirement(replace(case, retire_at=first - 1), growth((first - 36) * 12)).can_retire
    assert earliest_age(basis(saved=NOTHING, contribution=NOTHING), growth) is None


def test_a_pension_that_covers_everything_needs_no_corpus() -> None:
    plan = plan_retirement(basis(pension=Money(Decimal(60_000)), saved=NOTHING, contribution=NOTHING), growth(240))
    assert plan.can_retire
    assert plan.corpus_required == NOTHING


@pytest.mark.parametrize(
    "changes", [{"age": 15}, {"age": 101}, {"retire_at": 34}, {"retire_at": 90}, {"until_age": 50}]
)
def test_ages_that_cannot_be_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError):
        basis(**changes)
