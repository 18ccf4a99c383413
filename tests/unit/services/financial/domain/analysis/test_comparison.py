"""What moved a figure adds up to the move, whatever is listed."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from random import Random

import pytest

from services.financial.domain.analysis.comparison import Measure, Movement, Sides, compare
from services.financial.domain.category import Category
from services.shared.domain.money import Money


def sides(category: Category, payee: str | None, before: str, after: str, counts: tuple[int, int] = (1, 1)) -> Sides:
    return Sides(category, payee, Money(Decimal(before)), Money(Decimal(after)), *counts)


@pytest.mark.parametrize("measure", list(Measure))
def test_drivers_add_up_to_the_change_in_10_000_cases(measure: Measure) -> None:
    rng = Random(measure.value)
    kinds = sorted(measure.categories)
    for _ in range(3_400):
        payees = [
            sides(rng.choice(kinds), f"P{n}", f"{rng.randint(-99999, 99999) / 100:.2f}", f"{rng.randint(-999, 999)}")
            for n in range(rng.randint(0, 8))
        ]
        sums: dict[Category, list[Money]] = defaultdict(lambda: [Money.zero(), Money.zero()])
        for one in payees:
            sums[one.category][0] += one.before
            sums[one.category][1] += one.after
        categories = [Sides(category, None, before, after, 1, 1) for category, (before, after) in sums.items()]
        listed = payees[: rng.randint(0, len(payees))]
        found = compare(categories, listed, measure, "INR")

        expected = sum((p.after.amount - p.before.amount for p in payees), Decimal(0)) * measure.sign
        assert found.change.amount == found.after.amount - found.before.amount == expected
        assert sum(side.change.amount for side in found.categories) == expected
        assert sum(side.change.amount for side in found.payees) + found.others.amount == expected
        sizes = [abs(side.change.amount) for side in found.payees]
        assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("before", "after", "counts", "movement"),
    [
        ("0", "-500", (0, 2), Movement.NEW),
        ("-500", "0", (1, 0), Movement.STOPPED),
        ("-100", "-500", (1, 1), Movement.MORE),
        ("-500", "-100", (1, 1), Movement.LESS),
        ("-500", "-500", (2, 1), Movement.SAME),
    ],
)
def test_what_became_of_a_payee(before: str, after: str, counts: tuple[int, int], movement: Movement) -> None:
    one = sides(Category.DINING, "CAFE", before, after, counts)
    assert compare([one], [one], Measure.SPENDING, "INR").payees[0].movement is movement
