from __future__ import annotations

import math
import random
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.knowledge_graph.domain.similarity.cohort import LEAST_PEOPLE, cohort_size, describe
from services.knowledge_graph.domain.similarity.neighbours import LEAST_SCORE, MOST_NEIGHBOURS, nearest
from services.knowledge_graph.domain.similarity.vectors import WHOLE, Vectors, compare, cosine_percent, shares
from services.shared.domain.ids import UserId, new_uuid

CATEGORIES = ("rent", "dining", "groceries", "travel", "health")
VECTOR = st.dictionaries(st.sampled_from(CATEGORIES), st.integers(1, WHOLE), max_size=5)


@settings(max_examples=500, deadline=None)
@given(VECTOR, VECTOR)
def test_the_cosine_agrees_with_its_definition(left: dict[str, int], right: dict[str, int]) -> None:
    with localcontext(prec=60):
        dot = Decimal(sum(left.get(name, 0) * right.get(name, 0) for name in CATEGORIES))
        norm = Decimal(sum(x * x for x in left.values()) * sum(x * x for x in right.values())).sqrt()
        expected = int(100 * dot / norm) if norm else 0
    assert cosine_percent(left, right) == cosine_percent(right, left)
    assert abs(cosine_percent(left, right) - expected) <= (1 if norm and (100 * dot) % norm == 0 else 0)
    if left:
        assert cosine_percent(left, left) == 100


@given(st.dictionaries(st.sampled_from(CATEGORIES), st.integers(-(10**12), 10**12)))
def test_shares_are_ten_thousandths_of_what_is_positive(amounts: dict[str, int]) -> None:
    found = shares(amounts)
    assert WHOLE - len(CATEGORIES) - WHOLE // 100 <= sum(found.values()) <= WHOLE or not found
    assert all(amounts[name] > 0 for name in found)


def test_a_comparison_says_what_it_rests_on() -> None:
    left = Vectors({"rent": 6000, "dining": 4000}, {"home": WHOLE}, 6)
    right = Vectors({"rent": 6000, "travel": 4000}, {"home": WHOLE}, 6)
    alike = compare(left, right)
    assert alike == compare(right, left)
    assert alike.spending_percent == math.floor(100 * 36 / 52)
    assert alike.goals_percent == 100
    assert alike.score_percent == (7 * 69 + 3 * 100) // 10
    assert alike.reasons == ("rent",)
    assert compare(left, Vectors({"rent": WHOLE}, {}, 6)).goals_percent is None


def people(count: int, seed: int, kinds: int = 0) -> dict[UserId, Vectors]:
    """People at random; with `kinds` only so many different ones, so that many scores are equal."""
    chance = random.Random(seed)

    def one() -> Vectors:
        spending = shares({name: chance.choice((0, 1, 2, 5, 9)) for name in CATEGORIES})
        goals = shares({name: chance.choice((0, 0, 1)) for name in ("home", "car")})
        return Vectors(spending, goals, chance.choice((2, 3, 12)))

    made = [one() for _ in range(kinds or count)]
    return {UserId(new_uuid()): made[number % len(made)] for number in range(count)}


@pytest.mark.parametrize(("count", "kinds"), [(0, 0), (1, 0), (2, 0), (60, 0), (200, 0), (300, 3)])
def test_the_nearest_are_those_of_a_comparison_of_all_with_all(count: int, kinds: int) -> None:
    crowd = people(count, seed=count, kinds=kinds)
    found = nearest(crowd)
    checked = random.Random(1).sample(sorted(crowd), min(count, 40))
    for source in checked:
        scores = [
            (-compare(crowd[source], other).score_percent, target)
            for target, other in crowd.items()
            if target != source and other.comparable and crowd[source].comparable
        ]
        expected = [target for score, target in sorted(scores)[:MOST_NEIGHBOURS] if -score >= LEAST_SCORE]
        assert [one.target for one in found if one.source == source] == expected
    assert nearest(dict(reversed(crowd.items()))) == found


def alike(count: int) -> list[Vectors]:
    return [Vectors({"rent": 6200 + number, "dining": 3800 - number}, {"home": WHOLE}, 6) for number in range(count)]


OWN = Vectors({"rent": 5000, "dining": 5000}, {"car": WHOLE}, 6)


def test_of_fewer_than_ten_nothing_is_told() -> None:
    for count in range(LEAST_PEOPLE):
        assert describe(OWN, alike(count), [("rent",)] * count) is None


def test_a_cohort_is_told_in_steps() -> None:
    cohort = describe(OWN, alike(13), [("rent", "dining")] * 13)
    assert cohort is not None
    assert cohort.people == 10
    assert [(one.category, one.typical_percent, one.own_percent) for one in cohort.spending] == [
        ("rent", 60, 50),
        ("dining", 40, 50),
    ]
    assert [(one.goal_type, one.people_percent, one.have_you) for one in cohort.goals] == [("home", 100, False)]
    assert cohort.reasons == ("dining", "rent")


@settings(max_examples=150, deadline=None)
@given(st.integers(10, 30), st.integers(0, 30), st.integers(0, 2**32))
def test_nothing_is_told_that_fewer_than_ten_have(count: int, having: int, seed: int) -> None:
    chance = random.Random(seed)
    members = alike(count)
    size = cohort_size(count)
    for index in chance.sample(range(count), min(having, count)):
        members[index] = Vectors({"rent": 5000, "travel": 5000}, {"wedding": WHOLE}, 6)
    travellers = sum("travel" in one.spending for one in members[:size])
    cohort = describe(OWN, members, [()] * count)
    assert cohort is not None
    assert cohort.people % 5 == 0
    assert ("travel" in {one.category for one in cohort.spending}) == (travellers >= 10)
    assert ("wedding" in {one.goal_type for one in cohort.goals}) == (travellers >= 10)
    assert all(one.typical_percent % 5 == 0 for one in cohort.spending)
    assert all(one.people_percent % 25 == 0 for one in cohort.goals)


def test_one_person_more_or_another_changes_nothing_that_is_told() -> None:
    """Whoever watches an answer while one person comes, goes or spends otherwise learns nothing of that person."""
    before = describe(OWN, alike(12), [("rent",)] * 12)
    stranger = Vectors({"rent": 100, "travel": 9900}, {"wedding": WHOLE}, 6)
    for place in range(10):
        others = alike(12)
        others[place] = stranger
        changed = describe(OWN, others, [("rent",)] * 12)
        assert changed is not None
        assert before is not None
        assert [one.category for one in changed.spending] in ([], ["rent"])
        assert [one.typical_percent for one in changed.spending if one.category == "rent"] == [60]
    assert describe(OWN, [*alike(12), stranger], [("rent",)] * 13) == before
