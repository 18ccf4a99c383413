"""Required contributions against closed forms, and against a purse that is filled month by month."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.planning.amounts import MAX_TELLABLE, as_money, as_money_up
from services.goals.domain.planning.saving import (
    contribution_weights,
    future_value,
    grown,
    monthly_factor,
    required_lump_sum,
    required_monthly,
)
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.money import Money

PAISA = Decimal("0.01")
CASES = 10_000
# A seeded loop and not hypothesis: ten thousand schedules in exact decimals, month by month, in seconds.
RANDOM = random.Random(20_261_125)


@dataclass(frozen=True)
class Case:
    target: Decimal
    saved: Decimal
    rate: Decimal
    step: Decimal
    length: int

    @property
    def factor(self) -> Decimal:
        return monthly_factor(self.rate)

    @property
    def gap(self) -> Decimal:
        return self.target - self.saved * self.factor**self.length


def cases() -> Iterator[Case]:
    """From a rupee to ten thousand crore, -10% to 30% a year, no step-up to 50%, one month to seven years."""
    for _ in range(CASES):
        yield Case(
            target=Decimal(int(10 ** RANDOM.uniform(2, 13))) / 100,
            saved=Decimal(int(10 ** RANDOM.uniform(0, 12))) / 100,
            rate=Decimal(RANDOM.choice((0, *range(-1000, 3001, 25)))) / 100,
            step=Decimal(RANDOM.choice((0, *range(0, 5001, 50)))) / 100,
            length=RANDOM.randint(1, 84),
        )


def purse(saved: Decimal, first: Decimal, factor: Decimal, step: Decimal, length: int) -> Decimal:
    """Filled month by month: it grows, then the contribution comes, dearer after every twelve."""
    contribution = first
    for month in range(1, length + 1):
        saved = saved * factor + contribution
        if month % 12 == 0:
            contribution *= 1 + step / 100
    return saved


def near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= Decimal("1e-18") * max(abs(one), abs(other), Decimal(1))


def test_a_level_contribution_closes_the_gap_to_the_paisa() -> None:
    closed = 0
    for case in cases():
        factor, length = case.factor, case.length
        exact = required_monthly(case.target, case.saved, [factor] * length, [Decimal(1)] * length)
        annuity = (factor**length - 1) / (factor - 1) if case.rate else Decimal(length)
        assert near(exact * annuity, max(case.gap, Decimal(0))), case
        closed += closes_to_the_paisa(case, exact, Decimal(0))
    assert CASES / 2 < closed < CASES


def test_a_stepped_contribution_closes_the_gap_to_the_paisa() -> None:
    closed = 0
    for case in cases():
        factors, weights = [case.factor] * case.length, contribution_weights(case.step, case.length)
        exact = required_monthly(case.target, case.saved, factors, weights)
        assert near(exact * stepped_annuity(case.factor, case.step, case.length), max(case.gap, Decimal(0))), case
        closed += closes_to_the_paisa(case, exact, case.step)
    assert CASES / 2 < closed < CASES


def closes_to_the_paisa(case: Case, exact: Decimal, step: Decimal) -> bool:
    """Paid every month, what is told reaches the target, and a paisa less does not; False when nothing is needed."""
    told = as_money_up(exact, "INR").amount
    if not told:
        assert case.gap <= 0, case
        return False
    assert as_money(purse(case.saved, told, case.factor, step, case.length), "INR").amount >= case.target, case
    assert purse(case.saved, told - PAISA, case.factor, step, case.length) < case.target, case
    return True


def stepped_annuity(factor: Decimal, step: Decimal, length: int) -> Decimal:
    """Whole years as a geometric series of yearly annuities, and the months of the last year that is not whole."""
    years, rest = divmod(length, 12)
    year = factor**12
    rise = 1 + step / 100
    annuity = (year - 1) / (factor - 1) if factor != 1 else Decimal(12)
    tail = (factor**rest - 1) / (factor - 1) if factor != 1 else Decimal(rest)
    with localcontext() as context:
        context.prec = 60
        series = (year**years - rise**years) / (year - rise) if year != rise else years * year ** max(years - 1, 0)
    return annuity * series * factor**rest + rise**years * tail


def test_a_lump_sum_does_it_alone() -> None:
    for case in cases():
        factors = [case.factor] * case.length
        lump = required_lump_sum(case.target, case.saved, factors)
        final = future_value(case.saved + lump, Decimal(0), factors)
        assert near(final, max(case.target, case.saved * case.factor**case.length)), case


@given(
    step=st.integers(0, 5000).map(lambda hundredths: Decimal(hundredths) / 100),
    length=st.integers(1, 120),
    elapsed=st.integers(0, 600),
)
def test_a_schedule_goes_on_where_it_was(step: Decimal, length: int, elapsed: int) -> None:
    whole = contribution_weights(step, elapsed + length)
    rest = contribution_weights(step, length, elapsed)
    assert len(rest) == length
    assert all(abs(one / other - 1) < Decimal("1e-20") for one, other in zip(rest, whole[elapsed:], strict=True))


def test_known_figures() -> None:
    # 10,000 a month for ten years at 12% effective: FV = 10000 x (1.12^10 - 1) / (1.12^(1/12) - 1).
    factors = [monthly_factor(Decimal(12))] * 120
    assert as_money(future_value(Decimal(0), Decimal(10_000), factors), "INR") == Money.parse("2219300.41")
    assert as_money(grown(Decimal(100_000), Decimal(6), 120), "INR") == Money.parse("179084.77")
    assert required_monthly(Decimal(120), Decimal(0), [Decimal(1)] * 12, [Decimal(1)] * 12) == 10


def test_without_a_month_left_it_is_all_that_is_missing() -> None:
    assert required_monthly(Decimal(100), Decimal(30), [], []) == 70
    assert required_lump_sum(Decimal(100), Decimal(30), []) == 70
    assert required_monthly(Decimal(100), Decimal(130), [], []) == 0


def test_twelve_months_make_the_year() -> None:
    assert (monthly_factor(Decimal("12.68")) ** 12).quantize(Decimal("1e-20"), ROUND_DOWN) in (
        Decimal("1.1268"),
        Decimal("1.12679999999999999999"),
    )


@pytest.mark.parametrize("value", [MAX_TELLABLE * 2, Decimal("Infinity"), Decimal("NaN")])
def test_what_no_plan_can_be_about_is_refused(value: Decimal) -> None:
    with pytest.raises(InvalidInputError, match="beyond all measure"):
        as_money(value, "INR")
    with pytest.raises(InvalidInputError, match="beyond all measure"):
        as_money_up(value, "INR")


def test_rounding_error_does_not_cost_a_paisa() -> None:
    assert as_money_up(Decimal("10.00") + Decimal("1e-20"), "INR") == Money.parse("10.00")
    assert as_money_up(Decimal("10.0001"), "INR") == Money.parse("10.01")
