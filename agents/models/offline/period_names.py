"""How an answer names a period and a day; the period grammar reads the same names back."""

from __future__ import annotations

from datetime import date

from agents.models.offline.periods import EARLIEST, Period


def day_name(on: date) -> str:
    """E.g. `19 Aug 2026`."""
    return f"{on.day} {on:%b %Y}"


def month_name(on: date) -> str:
    """E.g. `October 2026`."""
    return f"{on:%B %Y}"


def period_name(period: Period, today: date) -> str:
    """The period with its preposition: `in October 2026`, `on 19 Aug 2026`, `from March to June 2025`."""
    if period.start == EARLIEST:
        return "on record" if period.end >= today else f"up to {day_name(period.end)}"
    if period.days == 1:
        return f"on {day_name(period.start)}"
    return _span_name(period, today)


def _span_name(period: Period, today: date) -> str:
    start, end = period.start, period.end
    if period.whole_months == 1:
        return f"in {month_name(start)}"
    if start.day == start.month == 1 and (end.month, end.day, end.year) == (12, 31, start.year):
        return f"in {start.year}"
    if period.whole_months:
        return f"from {start:%B}{'' if start.year == end.year else f' {start.year}'} to {month_name(end)}"
    if end == today and start == today.replace(day=1):
        return f"in {month_name(start)} so far"
    if end == today and start == today.replace(day=1, month=1):
        return f"in {start.year} so far"
    return f"from {day_name(start)} to {day_name(end)}"
