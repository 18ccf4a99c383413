"""Time, as a port: the domain never asks the machine for it."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

INDIA = ZoneInfo("Asia/Kolkata")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still, for replays and for tests."""

    def __init__(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware datetime")
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """The moment this clock was given."""
        return self._moment


def today(clock: Clock, zone: ZoneInfo = INDIA) -> date:
    """The calendar day at this moment where the person lives."""
    return clock.now().astimezone(zone).date()
