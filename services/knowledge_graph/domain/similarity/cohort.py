"""What may be told of people who are alike: sums over ten of them and more, and those blurred.

Nobody's own figures can be taken from an answer: shares are medians, told in steps of five percent, and only of
categories in which at least ten people spend; parts of the people are told in quarters; and the people are counted in
fives, so that one who comes or goes mostly changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.knowledge_graph.domain.similarity.vectors import WHOLE, Vectors

LEAST_PEOPLE: Final = 10
PEOPLE_STEP: Final = 5
_SHARE_STEP: Final = 5
_PART_STEP: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalShare:
    """A category's usual share of spending, in steps of five percent, beside the caller's own in whole percent."""

    category: str
    typical_percent: int
    own_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalGoal:
    """How many of the people have a goal of this type: about a quarter, half, three quarters or all of them."""

    goal_type: str
    people_percent: int
    have_you: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """What is usual among `people` people, a multiple of five and at least ten."""

    people: int
    spending: tuple[TypicalShare, ...]
    goals: tuple[TypicalGoal, ...]
    reasons: tuple[str, ...]


def cohort_size(candidates: int) -> int:
    """How many of the candidates are told about: a multiple of five; 0 when there are fewer than ten."""
    return candidates // PEOPLE_STEP * PEOPLE_STEP if candidates >= LEAST_PEOPLE else 0


def describe(own: Vectors, others: Sequence[Vectors], reasons: Sequence[tuple[str, ...]]) -> Cohort | None:
    """What is usual among the first people of `others`, the most similar first; None when there are too few.

    `reasons` are what each has in common with the caller, in the same order.
    """
    people = cohort_size(len(others))
    if not people:
        return None
    members = others[:people]
    return Cohort(
        people=people,
        spending=_spending(own, members),
        goals=_goals(own, members),
        reasons=_common(reasons[:people]),
    )


def _spending(own: Vectors, members: Sequence[Vectors]) -> tuple[TypicalShare, ...]:
    names = {name for vectors in members for name in vectors.spending}
    told = []
    for name in sorted(names):
        values = sorted(vectors.spending.get(name, 0) for vectors in members)
        if sum(value > 0 for value in values) >= LEAST_PEOPLE:
            typical = _step(values[(len(values) - 1) // 2], WHOLE, _SHARE_STEP)
            own_percent = 100 * own.spending.get(name, 0) // WHOLE
            told.append(TypicalShare(category=name, typical_percent=typical, own_percent=own_percent))
    return tuple(sorted(told, key=lambda one: (-one.typical_percent, one.category)))


def _goals(own: Vectors, members: Sequence[Vectors]) -> tuple[TypicalGoal, ...]:
    told = []
    for name in sorted({name for vectors in members for name in vectors.goals}):
        having = sum(name in vectors.goals for vectors in members)
        if having >= LEAST_PEOPLE:
            part = _step(having, len(members), _PART_STEP)
            told.append(TypicalGoal(goal_type=name, people_percent=part, have_you=name in own.goals))
    return tuple(sorted(told, key=lambda one: (-one.people_percent, one.goal_type)))


def _common(reasons: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What at least ten have in common with the caller, the most frequent first."""
    counts: dict[str, int] = {}
    for own in reasons:
        for name in own:
            counts[name] = counts.get(name, 0) + 1
    told = [name for name, count in counts.items() if count >= LEAST_PEOPLE]
    return tuple(sorted(told, key=lambda name: (-_step(counts[name], len(reasons), _PART_STEP), name)))


def _step(part: int, whole: int, step: int) -> int:
    """Part of the whole in percent, to the nearest multiple of `step`, halves up."""
    return (200 * part + step * whole) // (2 * step * whole) * step
