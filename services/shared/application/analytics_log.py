"""The log of every event, for analysis."""

from collections.abc import Sequence
from typing import Protocol

from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import UserId


class AnalyticsLog(Protocol):
    """Keeps events for questions about many of them."""

    async def record(self, events: Sequence[EventRecord]) -> None:
        """Keep events, durably when it returns. The same event again counts once."""
        ...

    async def erase(self, user_id: UserId) -> None:
        """Keep nothing of a person."""
        ...
