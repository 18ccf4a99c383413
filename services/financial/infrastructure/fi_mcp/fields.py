"""Reading Fi's JSON: money, days and texts, whatever stands in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from services.financial.domain.fi.snapshot import FiSource, Flag
from services.shared.domain.clock import INDIA
from services.shared.domain.errors import NiveshError
from services.shared.domain.money import Money

_MOST: Final = Decimal(10) ** 13
_NANO: Final = Decimal("0.000000001")
_MAX_FLAGS: Final = 200
_WITH_ZONE: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})", re.ASCII)
_DAYS: Final = ("%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%d/%m/%Y", "%d-%b-%Y")


class UnreadableError(Exception):
    """An entry that cannot be read; the message says why."""


@dataclass(slots=True)
class Flags:
    """Collects what is odd in one source."""

    source: FiSource
    found: list[Flag] = field(default_factory=list)

    def add(self, reason: str) -> None:
        """Take note; a thousand odd entries are told by the first two hundred."""
        if len(self.found) < _MAX_FLAGS:
            self.found.append(Flag(self.source, reason[:300]))

    def compare(self, what: str, told: Money | None, parts: Money | None) -> None:
        """Flag what differs by more than one unit of the currency: prices move between the sources' readings."""
        if told is not None and parts is not None and told.currency == parts.currency and abs(told - parts).amount > 1:
            self.add(f"{what}: the total is {told} and its parts come to {parts}; both were kept as they came")

    def entries(self, value: Any, what: str) -> Iterator[tuple[int, Any]]:
        """The entries of a list, counted from 1; something else than a list is flagged and has none."""
        if value is None:
            return
        if not isinstance(value, list):
            self.add(f"{what} is not a list")
            return
        yield from enumerate(value, 1)


def mapping(value: Any) -> Mapping[str, Any]:
    """The object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: Any, limit: int = 200) -> str:
    """One line of text; a number is written out, anything else is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return ""
    line = "".join(char if char.isprintable() else " " for char in str(value))
    return " ".join(line.split())[:limit]


def number(value: Any) -> Decimal | None:
    """A number, also one written as text with grouping commas; None where there is none."""
    if value is None or isinstance(value, bool) or (isinstance(value, str) and not value.strip()):
        return None
    try:
        found = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation as error:
        raise UnreadableError(f"'{text(value, 40)}' is not a number") from error
    if not found.is_finite() or abs(found) > _MOST:
        raise UnreadableError(f"'{text(value, 40)}' is out of range")
    return found


def required_number(value: Any, what: str) -> Decimal:
    """A number that must be there."""
    found = number(value)
    if found is None:
        raise UnreadableError(f"there is no {what}")
    return found


def money(value: Any) -> Money | None:
    """`{currencyCode, units?, nanos?}`: missing units are zero, nanos have the sign of the whole; None for no object.

    Nanos are rounded to the currency's minor unit, half to even.
    """
    if not isinstance(value, dict) or not value:
        return None
    try:
        return Money(_whole(value), text(value.get("currencyCode")) or "INR")
    except NiveshError as error:
        raise UnreadableError(error.detail) from error


def figure(value: Any) -> Decimal | None:
    """A number, or what a money object comes to, unrounded: prices of units are finer than money."""
    if not isinstance(value, dict):
        return number(value)
    return _whole(value) if value else None


def _whole(value: Mapping[str, Any]) -> Decimal:
    return (number(value.get("units")) or Decimal(0)) + (number(value.get("nanos")) or Decimal(0)) * _NANO


def first_money(summary: Mapping[str, Any], *names: str) -> Money | None:
    """The first of these fields that holds money."""
    return next((found for name in names if (found := money(summary.get(name))) is not None), None)


def day(value: Any) -> date | None:
    """A calendar day in one of the forms that the sources use; None where there is none.

    A time in another zone is a time in India: midnight there is half past six in the evening before, in UTC.
    """
    written = text(value, 40)
    if not written:
        return None
    if _WITH_ZONE.fullmatch(written):
        try:
            return datetime.fromisoformat(written).astimezone(INDIA).date()
        except (ValueError, OverflowError) as error:
            raise UnreadableError(f"'{written}' is not a day") from error
    for form in _DAYS:
        try:
            return datetime.strptime(written[: 10 if form != "%d-%b-%Y" else 11], form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise UnreadableError(f"'{written}' is not a day")


def required_day(value: Any) -> date:
    """A day that must be there."""
    found = day(value)
    if found is None:
        raise UnreadableError("there is no day")
    return found
