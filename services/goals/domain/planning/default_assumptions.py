"""Reads the assumptions that the program brings, `assumptions.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Any

from services.goals.domain.goal import GoalType
from services.goals.domain.planning.assumptions import AssetClass, Assumptions, Figure, GoalTypeAssumption
from services.goals.domain.planning.glide_path import GlidePath, GlidePoint


@cache
def default_assumptions() -> Assumptions:
    """Read once; KeyError or InvalidOperation when the file lacks something."""
    text = resources.files(__package__).joinpath("assumptions.toml").read_text("utf-8")
    return read_assumptions(tomllib.loads(text))


def read_assumptions(document: Mapping[str, Any]) -> Assumptions:
    """The assumptions in a parsed document of the file's form."""
    return Assumptions(
        version=document["version"],
        as_of=document["as_of"],
        figures={name: _figure(name, table) for name, table in document["figures"].items()},
        correlations={
            (one, other): Decimal(document["correlations"][f"{one}-{other}"])
            for one, other in combinations(AssetClass, 2)
        },
        glide_paths={name: _glide_path(name, table) for name, table in document["glide_paths"].items()},
        goal_types={kind: GoalTypeAssumption(**document["goal_types"][kind.value]) for kind in GoalType},
    )


def _figure(name: str, table: Mapping[str, str]) -> Figure:
    return Figure(
        name=name,
        value=Decimal(table["value"]),
        source=table["source"],
        least=Decimal(table["least"]),
        most=Decimal(table["most"]),
    )


def _glide_path(name: str, table: Mapping[str, Any]) -> GlidePath:
    points = tuple(
        GlidePoint(point["years_left"], {asset.value: Decimal(point[asset.value]) for asset in AssetClass})
        for point in table["points"]
    )
    return GlidePath(name, table["about"], points)
