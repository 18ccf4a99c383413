"""Whole months and the days at both ends are each day of the span, once."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.financial.domain.period import Month
from services.financial.infrastructure.rollups.sums import Span

DAYS = st.dates(date(2023, 11, 1), date(2024, 7, 31))
FIRST, LAST = date(2023, 11, 1), date(2024, 7, 31)


def days(span: Span) -> list[date]:
    start, end = span.start or FIRST, span.end or LAST
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


@settings(max_examples=10_000, deadline=None)
@given(st.none() | DAYS, st.none() | DAYS)
def test_each_day_once(one: date | None, other: date | None) -> None:
    start, end = (min(one, other), max(one, other)) if one and other else (one, other)
    span = Span(start, end)
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
