"""Monte Carlo against closed forms: the moments of the end, a lognormal probability, and no volatility at all."""

import random
from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from services.goals.domain.planning.portfolio import NO_GROWTH, Growth
from services.goals.domain.planning.saving import future_value, monthly_factor
from services.goals.domain.planning.simulation import (
    DEFAULT_SEED,
    MAX_MONTHS,
    MAX_PATHS,
    MAX_SEED,
    PERCENTILES,
    Simulation,
    simulate,
    standard_error,
)
from services.shared.domain.errors import InvalidInputError

CASES = 10_000
PATHS = 300


def a_case(source: random.Random, *, months: int, volatility: float) -> Simulation:
    growth = Growth(Decimal(source.randint(-500, 1800)) / 100, Decimal(round(source.uniform(0, volatility), 2)))
    calmer = Growth(growth.expected_percent / 2, growth.volatility_percent / 2)
    turn = source.randint(0, months)
    return Simulation(
        initial=Decimal(source.randint(0, 10**6)),
        flows=[Decimal(source.randint(1_000, 10**5))] * months,
        growth=[growth] * turn + [calmer] * (months - turn),
        target=Decimal(source.randint(1, 10**7)),
        paths=PATHS,
        seed=source.randint(0, MAX_SEED),
    )


def moments(case: Simulation) -> tuple[float, float]:
    """Mean and variance of the end, month by month: E[W'] = m E[W] + c, E[W'^2] = q E[W^2] + 2 c m E[W] + c^2.

    m is the mean of the month's factor, q its mean square: for a lognormal with log variance v, q = m^2 e^v.
    """
    mean, square = float(case.initial), float(case.initial) ** 2
    for flow, growth in zip(map(float, case.flows), case.growth, strict=True):
        year = 1 + float(growth.expected_percent) / 100
        factor = year ** (1 / 12)
        variance = np.log1p((float(growth.volatility_percent) / 100 / year) ** 2) / 12
        square = factor**2 * np.exp(variance) * square + 2 * flow * factor * mean + flow**2
        mean = factor * mean + flow
    return mean, square - mean**2


def test_mean_and_variance_agree_with_the_closed_form() -> None:
    """Each case's mean has a known error; over ten thousand cases the errors must behave as errors do."""
    source = random.Random(7)
    errors, ratios = [], []
    for _ in range(CASES):
        case = a_case(source, months=source.randint(1, 12), volatility=20)
        outcome, (mean, variance) = simulate(case), moments(case)
        if variance > 1:
            errors.append((float(outcome.mean) - mean) / np.sqrt(variance / PATHS))
            ratios.append(float(outcome.deviation) ** 2 / variance)
    assert len(errors) > 0.9 * CASES
    assert abs(np.mean(errors)) < 4 / np.sqrt(len(errors))
    assert abs(np.std(errors) - 1) < 0.04
    assert np.max(np.abs(errors)) < 5.5
    assert abs(np.mean(ratios) - 1) < 0.01
    assert 0.5 < np.min(ratios) < np.max(ratios) < 2


def test_without_volatility_it_is_the_deterministic_plan() -> None:
    source = random.Random(11)
    for _ in range(CASES):
        months = source.randint(0, 12)
        rate = Decimal(source.randint(-500, 2000)) / 100
        monthly, initial = Decimal(source.randint(0, 10**7)) / 100, Decimal(source.randint(1, 10**9)) / 100
        expected = future_value(initial, monthly, [monthly_factor(rate)] * months)
        reached = source.random() < 0.5
        outcome = simulate(
            Simulation(
                initial=initial,
                flows=[monthly] * months,
                growth=[Growth(rate, Decimal(0))] * months,
                target=expected if reached else expected + 1,
                paths=100,
            )
        )
        assert abs(outcome.mean - expected) < Decimal("1e-9") * expected
        assert outcome.probability_percent == (100 if reached else 0)
        assert outcome.deviation < Decimal("1e-6") * expected


def test_the_probability_of_a_lump_sum_is_the_lognormals() -> None:
    """One payment, n months: P(W >= T) = 1 - Phi((ln(T / W0) - n m) / (s sqrt(n))), within five standard errors."""
    for expected, volatility, months, factor in ((10.0, 15.0, 120, 2.0), (12.0, 18.0, 360, 20.0), (7.0, 3.5, 36, 1.2)):
        variance = np.log1p((volatility / 100 / (1 + expected / 100)) ** 2) / 12
        mean = np.log1p(expected / 100) / 12 - variance / 2
        exact = 1 - stats.norm.cdf((np.log(factor) - months * mean) / np.sqrt(variance * months))
        outcome = simulate(
            Simulation(
                initial=Decimal(1000),
                flows=[Decimal(0)] * months,
                growth=[Growth(Decimal(str(expected)), Decimal(str(volatility)))] * months,
                target=Decimal(1000) * Decimal(str(factor)),
            )
        )
        assert abs(float(outcome.probability_percent) - 100 * exact) < 5 * float(outcome.standard_error_percent)


def test_percentiles_of_a_lump_sum_are_the_lognormals() -> None:
    months, variance = 60, np.log1p((0.18 / 1.12) ** 2) / 12
    mean = np.log(1.12) / 12 - variance / 2
    outcome = simulate(
        Simulation(
            initial=Decimal(1000),
            flows=[Decimal(0)] * months,
            growth=[Growth(Decimal(12), Decimal(18))] * months,
            target=Decimal(0),
            marks=(12, 60),
            paths=MAX_PATHS,
        )
    )
    assert [point.month for point in outcome.fan] == [12, 60]
    for point in outcome.fan:
        exact = stats.lognorm.ppf(
            np.array(PERCENTILES) / 100, s=np.sqrt(variance * point.month), scale=1000 * np.exp(mean * point.month)
        )
        np.testing.assert_allclose([float(amount) for amount in point.amounts], exact, rtol=0.02)
        assert list(point.amounts) == sorted(point.amounts)
    assert outcome.fan[-1].amounts[2] == outcome.median


def plan(**changes: object) -> Simulation:
    values: dict[str, object] = {
        "initial": Decimal(1000),
        "flows": [Decimal(100)] * 24,
        "growth": [Growth(Decimal(10), Decimal(15))] * 24,
        "target": Decimal(3800),
    }
    return Simulation(**(values | changes))  # type: ignore[arg-type]


def test_a_seed_decides_everything() -> None:
    assert simulate(plan()) == simulate(plan())
    assert simulate(plan()).seed == DEFAULT_SEED
    assert simulate(plan(seed=1)).mean != simulate(plan(seed=2)).mean


def test_more_saved_is_never_less_likely_in_the_same_futures() -> None:
    chances = [
        simulate(plan(flows=[Decimal(amount)] * 24)).probability_percent for amount in (0, 50, 100, 105, 150, 400)
    ]
    assert chances == sorted(chances)
    assert chances[0] < chances[2] < chances[-1]


def test_money_that_runs_dry_does_not_come_back() -> None:
    dry = simulate(plan(flows=[Decimal(-600)] * 3 + [Decimal(5000)] * 3, growth=[NO_GROWTH] * 6, target=Decimal(0)))
    assert dry.probability_percent == 0
    enough = simulate(plan(flows=[Decimal(-500)] * 2, growth=[NO_GROWTH] * 2, target=Decimal(0)))
    assert (enough.probability_percent, enough.mean) == (Decimal(100), Decimal(0))


def test_a_certain_outcome_still_has_an_error() -> None:
    assert standard_error(10_000, 10_000) > 0
    assert abs(standard_error(0, 10_000) - standard_error(10_000, 10_000)) < Decimal("1e-20")
    assert abs(standard_error(5_000, 10_000) - Decimal("0.005")) < Decimal("0.00001")


@pytest.mark.parametrize(
    "changes",
    [
        {"paths": 99},
        {"paths": MAX_PATHS + 1},
        {"seed": -1},
        {"seed": MAX_SEED + 1},
        {"flows": [Decimal(1)] * 23},
        {"flows": [Decimal(1)] * (MAX_MONTHS + 1), "growth": [NO_GROWTH] * (MAX_MONTHS + 1)},
    ],
)
def test_what_cannot_be_simulated_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidInputError):
        plan(**changes)
