"""The allocation against every allocation there is."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from services.goals.domain.planning.allocation import Claim, allocate
from services.shared.domain.ids import GoalId, new_uuid

IDS = [GoalId(new_uuid()) for _ in range(4)]
PARTS = {(share, units): Fraction(share, units) for units in range(1, 16) for share in range(units + 1)}


def worth(claims: Sequence[Claim], shares: Sequence[int]) -> tuple[tuple[Fraction, ...], ...]:
    """By priority, the funded parts from the worst up: exactly what the objective compares."""
    parts = [(claim.priority, PARTS[share, claim.units]) for claim, share in zip(claims, shares, strict=True)]
    return tuple(tuple(sorted(part for p, part in parts if p == wanted)) for wanted in (1, 2))


def check_every_surplus(wanted: Sequence[tuple[int, int]]) -> int:
    """Every surplus from nothing to more than enough, against every way to give it out."""
    claims = [Claim(IDS[index], *one) for index, one in enumerate(wanted)]
    most = sum(claim.units for claim in claims)
    best: list[tuple[tuple[Fraction, ...], ...]] = [()] * (most + 1)
    for shares in product(*(range(claim.units + 1) for claim in claims)):
        best[sum(shares)] = max(best[sum(shares)], worth(claims, shares))
    for surplus in range(most + 2):
        found = allocate(surplus, claims)
        given_ = [found[claim.goal_id] for claim in claims]
        assert sum(given_) <= surplus
        assert worth(claims, given_) == max(best[: surplus + 1]), (surplus, wanted)
    return most + 2


def test_nothing_is_better_with_three_goals() -> None:
    claims = list(product((1, 2), range(1, 6)))
    assert sum(check_every_surplus(wanted) for wanted in product(claims, repeat=3)) > 10_000


def test_nothing_is_better_with_four_goals_of_one_priority() -> None:
    checked = sum(check_every_surplus([(1, need) for need in needs]) for needs in product(range(1, 5), repeat=4))
    assert checked > 3_000


def test_nothing_is_better_with_needs_far_apart() -> None:
    for needs in product((1, 3, 15), repeat=3):
        check_every_surplus([(1, need) for need in needs])


@given(
    surplus=st.integers(0, 10**9),
    needs=st.lists(st.integers(1, 10**9), min_size=2, max_size=30),
)
def test_in_large_the_worst_funded_could_not_have_more(surplus: int, needs: list[int]) -> None:
    """Leximin for whole units, locally: no unit moved from one goal to another would raise the smaller part."""
    ids = [GoalId(new_uuid()) for _ in needs]
    shares = allocate(surplus, [Claim(goal_id, 1, need) for goal_id, need in zip(ids, needs, strict=True)])
    parts = {goal_id: (shares[goal_id], need) for goal_id, need in zip(ids, needs, strict=True)}
    assert sum(shares.values()) == min(surplus, sum(needs))
    worst = min(parts.values(), key=lambda part: Fraction(*part))
    for share, need in parts.values():
        assert 0 <= share <= need
        assert share == 0 or Fraction(share - 1, need) <= Fraction(*worst)


def test_a_higher_priority_is_filled_before_a_lower_one_gets_anything() -> None:
    first, second, third = IDS[:3]
    claims = [Claim(second, 2, 50), Claim(first, 1, 100), Claim(third, 1, 10)]
    assert allocate(60, claims) == {first: 54, third: 6, second: 0}
    assert allocate(130, claims) == {first: 100, third: 10, second: 20}
    assert allocate(1000, claims) == {first: 100, third: 10, second: 50}


def test_nothing_wanted_is_nothing_given() -> None:
    assert allocate(100, []) == {}
