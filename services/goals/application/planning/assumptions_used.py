"""Names in each result what it assumes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.goals.domain.goal import Goal
from services.goals.domain.planning.assumptions import Assumptions
from services.goals.domain.planning.glide_path import GlidePath

LEFT_OUT: Final = (
    "Tax, costs and fees are not taken off.",
    "Returns are assumptions and not promises; prices are taken to rise evenly.",
)
UNINVESTED: Final = "Interest that goes on being charged on the debt is not counted."


@dataclass(frozen=True, slots=True)
class AssumedFigure:
    """`personal` when the person's own figure stands in place of the program's."""

    name: str
    value: Decimal
    personal: bool


@dataclass(frozen=True, slots=True)
class AssumptionsUsed:
    """The version and its figures that a result rests on; their sources are told by the list of assumptions."""

    version: str
    as_of: date
    glide_path: str
    figures: tuple[AssumedFigure, ...]


def used(assumptions: Assumptions, glide_paths: Iterable[GlidePath], *others: str) -> AssumptionsUsed:
    """The figures of every asset class on the glide paths, and the others by name."""
    paths = list(glide_paths)
    assets = {asset for path in paths for point in path.points for asset, share in point.mix.items() if share}
    names = [name for name in assumptions.figures if name in others or name.partition(".")[0] in assets]
    figures = (assumptions.figures[name] for name in names)
    return AssumptionsUsed(
        version=assumptions.version,
        as_of=assumptions.as_of,
        glide_path=", ".join(path.name for path in paths),
        figures=tuple(AssumedFigure(figure.name, figure.value, figure.personal) for figure in figures),
    )


def used_for(goal: Goal, assumptions: Assumptions) -> AssumptionsUsed:
    """What a plan of this goal rests on."""
    path = assumptions.glide_path_of(goal.goal_type)
    inflation = [assumptions.inflation_of(goal.goal_type).name] if goal.inflation_adjusted else []
    return used(assumptions, [path], *inflation)


def left_out_of(goal: Goal, assumptions: Assumptions, *others: str) -> tuple[str, ...]:
    """What a plan of this goal does not count."""
    path = assumptions.glide_path_of(goal.goal_type)
    invested = any(share for point in path.points for share in point.mix.values())
    return (*others, *(LEFT_OUT if invested else (UNINVESTED,)))
