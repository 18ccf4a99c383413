"""Spans of calendar days and months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.shared.domain.errors import InvalidInputError

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; written `2026-10`."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that `day` lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str, field: str = "month") -> Month:
        """Read `YYYY-MM`; `field` names the input in the error."""
        match = _MONTH.fullmatch(text)
        if match is None or match[1] in ("0000", "9999"):
            raise InvalidInputError(f"{field} must be written YYYY-MM, such as 2026-10.", extra={"field": field})
        return cls(int(match[1]), int(match[2]))

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next().first - timedelta(days=1)

    def next(self) -> Month:
        """The month after it."""
        return Month(self.year + 1, 1) if self.number == 12 else Month(self.year, self.number + 1)

    def plus(self, months: int) -> Month:
        """The month that many months later; earlier when negative."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise InvalidInputError(
                f"'from' ({self.start}) must not be after 'to' ({self.end}).", extra={"field": "from"}
            )

    @classmethod
    def of_month(cls, month: Month) -> Period:
        """The days of one month."""
        return cls(month.first, month.last)

    def months(self) -> Iterator[Month]:
        """The calendar months it touches, in order."""
        month, last = Month.of(self.start), Month.of(self.end)
        while month <= last:
            yield month
            month = month.next()

    def month_count(self) -> int:
        """How many calendar months it touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def overlap(self, other: Period) -> Period | None:
        """The days in both; None when they do not meet."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end
