"""The data file is whole, its glide paths fall towards the day, and a portfolio's variance is Markowitz's."""

from decimal import Decimal

import numpy as np
import pytest

from services.goals.domain.goal import GoalType
from services.goals.domain.planning.assumptions import AssetClass
from services.goals.domain.planning.default_assumptions import default_assumptions
from services.goals.domain.planning.glide_path import GlidePath, GlidePoint, by_month
from services.goals.domain.planning.portfolio import growth_of, growth_path
from services.shared.domain.errors import InvalidInputError, NiveshError

ASSUMPTIONS = default_assumptions()


def test_every_figure_has_a_source_and_lies_within_its_bounds() -> None:
    for figure in ASSUMPTIONS.figures.values():
        assert len(figure.source) > 30, figure.name
        assert figure.least <= figure.value <= figure.most
        assert not figure.personal


def test_correlations_are_those_of_something_possible() -> None:
    assets = list(AssetClass)
    matrix = np.array([[np.float64(ASSUMPTIONS.correlation(one, other)) for other in assets] for one in assets])
    assert (matrix == matrix.T).all()
    assert (np.diag(matrix) == 1).all()
    assert np.linalg.eigvalsh(matrix).min() > 0


@pytest.mark.parametrize("path", ASSUMPTIONS.glide_paths.values(), ids=lambda path: path.name)
def test_shares_fall_towards_the_day(path: GlidePath) -> None:
    mixes = [path.mix(years) for years in range(41)]
    assert {sum(mix.values()) for mix in mixes} in ({Decimal(100)}, {Decimal(0)})
    equity = [mix["equity"] for mix in mixes]
    assert equity == sorted(equity)
    assert mixes[-1] == path.points[-1].mix


@pytest.mark.parametrize("goal_type", GoalType)
def test_every_type_of_goal_has_its_path_and_its_inflation(goal_type: GoalType) -> None:
    assert ASSUMPTIONS.glide_path_of(goal_type).points
    assert ASSUMPTIONS.inflation_of(goal_type).value > 0


def test_the_path_changes_with_each_completed_year() -> None:
    assert by_month(["last", "before", "first"], 30) == ("first",) * 6 + ("before",) * 12 + ("last",) * 12
    assert by_month([], 0) == ()
    growth = growth_path(ASSUMPTIONS.glide_paths["standard"], 144, ASSUMPTIONS)
    assert len(growth) == 144
    assert growth[0].expected_percent > growth[-1].expected_percent
    assert growth[-12:] == (growth[-1],) * 12


def test_a_portfolio_by_hand() -> None:
    mix = {"equity": Decimal(60), "debt": Decimal(40), "gold": Decimal(0), "cash": Decimal(0)}
    growth = growth_of(mix, ASSUMPTIONS)
    assert growth.expected_percent == Decimal("10.0")
    # 0.6^2 18^2 + 0.4^2 3.5^2 + 2 x 0.6 x 0.4 x 18 x 3.5 x 0.1
    assert growth.volatility_percent**2 == pytest.approx(Decimal("121.624"))


def test_a_persons_own_figures() -> None:
    own = ASSUMPTIONS.with_personal({"equity.volatility_percent": Decimal("20.5")})
    assert own.volatility(AssetClass.EQUITY) == Decimal("20.5")
    assert own.personal == {"equity.volatility_percent": Decimal("20.5")}
    assert ASSUMPTIONS.volatility(AssetClass.EQUITY) == 18
    for name, value in (
        ("equity.volatility_percent", "61"),
        ("equity.volatility_percent", "NaN"),
        ("equity.volatility_percent", "1.234"),
        ("life_expectancy_years", "85.5"),
        ("luck", "7"),
    ):
        with pytest.raises(InvalidInputError):
            ASSUMPTIONS.with_personal({name: Decimal(value)})


@pytest.mark.parametrize("years", [[], [1, 2], [0, 3, 2], [0, 0]])
def test_a_path_that_is_none_is_refused(years: list[int]) -> None:
    with pytest.raises(NiveshError, match="rising years_left"):
        GlidePath("x", "", tuple(GlidePoint(year, {}) for year in years))
