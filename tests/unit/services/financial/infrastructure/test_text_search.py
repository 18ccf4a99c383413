"""A search passes every day once, in ever longer spans."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from services.financial.infrastructure.text_search import walk

FIRST = date(2024, 1, 1)


@pytest.mark.parametrize("newest", [True, False])
def test_every_day_once_in_order_in_10_000_walks(newest: bool) -> None:
    rng = Random(newest)
    for _ in range(10_000):
        last = FIRST + timedelta(days=rng.randint(0, 400))
        spans = list(walk(FIRST, last, rng.randint(1, 50), newest=newest))
        in_order = spans[::-1] if newest else spans
        days = [(span.start, span.end) for span in in_order if span.start and span.end]
        assert (days[0][0], days[-1][1]) == (FIRST, last)
        assert all(start <= end for start, end in days)
        assert all(before[1] + timedelta(days=1) == after[0] for before, after in pairwise(days))
        lengths = [(span.end - span.start).days for span in spans[:-1] if span.start and span.end]
        assert lengths == sorted(lengths)


def test_there_is_nothing_to_pass_after_the_last_day() -> None:
    assert list(walk(FIRST, FIRST - timedelta(days=1), 5, newest=True)) == []
