"""Whole months and the days at both ends are each day of the span, once."""

from datetime import date, timedelta
from random import Random

from services.financial.domain.period import Month
from services.financial.infrastructure.rollups.sums import Span

FIRST, LAST = date(2023, 11, 1), date(2024, 7, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def days(span: Span) -> list[date]:
    start, end = span.start or FIRST, span.end or LAST
    return DAYS[(start - FIRST).days : max((end - FIRST).days + 1, 0)]


def test_each_day_once_in_10_000_spans() -> None:
    rng = Random(8)
    for _ in range(10_000):
        start, end = sorted(rng.choices(DAYS, k=2))
        check(Span(rng.choice((start, start, None)), rng.choice((end, end, None))))


def check(span: Span) -> None:
    whole = span.whole_months()
    edges = span.edges()
    covered = [day for part in ([whole] if whole else []) + edges for day in days(part)]
    assert sorted(covered) == days(span)
    assert len(edges) <= 2
    if whole is not None:
        assert whole.start is None or whole.start.day == 1
        assert whole.end is None or whole.end == Month.of(whole.end).last
    for edge in edges:
        assert len(days(edge)) < 62
