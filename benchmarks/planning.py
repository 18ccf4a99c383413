"""Planning: the Monte Carlo simulation of a goal, on one core."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.figures import Figure
from services.goals.domain.goal import GoalType
from services.goals.domain.planning.default_assumptions import default_assumptions
from services.goals.domain.planning.portfolio import growth_path
from services.goals.domain.planning.simulation import Simulation, simulate

PATHS = 10_000
MONTHS = 360
ROUNDS = 7


def measure() -> Iterator[Figure]:
    """Thirty years on the retirement's glide path, with percentiles for a chart by year and by month."""
    yield Figure("monte_carlo_10k_x_360", _seconds(range(12, MONTHS + 1, 12)), "s", bar=0.5)
    yield Figure("monte_carlo_monthly_fan", _seconds(range(1, MONTHS + 1)), "s", bar=0.5)


def _seconds(marks: range) -> float:
    """Seconds of one core: the simulation works in one thread, and what other programs do meanwhile does not count."""
    assumptions = default_assumptions()
    wanted = Simulation(
        initial=Decimal(500_000),
        flows=[Decimal(25_000)] * MONTHS,
        growth=growth_path(assumptions.glide_path_of(GoalType.RETIREMENT), MONTHS, assumptions),
        target=Decimal(50_000_000),
        marks=tuple(marks),
        paths=PATHS,
    )
    taken = []
    for _ in range(ROUNDS):
        began = time.thread_time()
        outcome = simulate(wanted)
        taken.append(time.thread_time() - began)
        if not 0 < outcome.probability_percent < 100 or len(outcome.fan) != len(marks):
            raise RuntimeError("the simulation did not work")
    return statistics.median(taken)
