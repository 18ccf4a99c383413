"""Spreads one monthly surplus over several goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.shared.domain.ids import GoalId


@dataclass(frozen=True, slots=True)
class Claim:
    """A goal that needs so many units a month; priority 1 comes first."""

    goal_id: GoalId
    priority: int
    units: int


def allocate(surplus: int, claims: Sequence[Claim]) -> dict[GoalId, int]:
    """The best way to spread `surplus` whole units; what no goal needs stays over.

    A goal is funded to the part x / units by x units, 0 <= x <= units. Of all ways to give out at most `surplus`, the
    best is the one that is greatest in this order, each rule deciding only between what is equal by the ones before:

    1. the parts of the goals of priority 1, sorted from the worst funded up, compared one by one (leximin: the
       worst-off goal comes first); then those of priority 2, and so on;
    2. between ways that are equal in this, the goal that is named first gets more.

    Within a priority it is found by giving unit after unit to the goal with the smallest part so far; of equals to the
    one that needs fewest, then to the one named first. That this greedy rule is exact for whole units: T. Ibaraki and
    N. Katoh, Resource Allocation Problems (1988), on lexicographically optimal allocation. Most of the units are given
    at once, by a bound that the greedy rule cannot miss.
    """
    given: dict[GoalId, int] = {}
    for priority in sorted({claim.priority for claim in claims}):
        same = [claim for claim in claims if claim.priority == priority]
        shares = _leximin(surplus, [claim.units for claim in same])
        given |= {claim.goal_id: share for claim, share in zip(same, shares, strict=True)}
        surplus -= sum(shares)
    return given


def _leximin(surplus: int, needs: Sequence[int]) -> list[int]:
    if surplus >= sum(needs):
        return list(needs)
    # Every unit that starts below this part is among the first `surplus` of the greedy rule: there are at most as many.
    level = Fraction(max(surplus - len(needs), 0), sum(needs))
    given = [-(-level.numerator * need // level.denominator) for need in needs]
    for _ in range(surplus - sum(given)):
        open_ = [index for index, need in enumerate(needs) if given[index] < need]
        given[min(open_, key=lambda index: (Fraction(given[index], needs[index]), needs[index], index))] += 1
    return given
