"""Refuse what goes beyond a person's day."""

from services.conversation.domain.usage.usage import Quota, UsageReader
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import UserId


class RequireAllowance:
    """Query: nothing, or QuotaExceededError when the person has taken what one may take in a day."""

    def __init__(self, usage: UsageReader, quota: Quota, clock: Clock) -> None:
        self._usage = usage
        self._quota = quota
        self._clock = clock

    async def __call__(self, user_id: UserId) -> None:
        """Counts what was taken today (India's calendar); without a bound it counts nothing."""
        if self._quota.is_unbounded:
            return
        day = today(self._clock)
        self._quota.require(await self._usage.by_day(user_id, day, day), self._clock.now())
