"""What a person's questions have taken."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from services.conversation.domain.usage.usage import Quota, Usage, UsageReader
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId

MOST_DAYS: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class GetUsageRequest:
    """A period, both ends included; the last 30 days unless given."""

    user_id: UserId
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageView:
    """Usage by day and model, its totals, and the bounds of a day. Costs are list prices in US dollars."""

    from_: date
    to: date
    runs: int
    prompt_tokens: int
    completion_tokens: int
    cost_usd: Decimal
    quota_runs: int | None
    quota_tokens: int | None
    quota_cost_usd: Decimal | None
    days: tuple[Usage, ...]


class GetUsage:
    """Query: the caller's usage."""

    def __init__(self, usage: UsageReader, quota: Quota, clock: Clock) -> None:
        self._usage = usage
        self._quota = quota
        self._clock = clock

    async def __call__(self, request: GetUsageRequest) -> UsageView:
        """InvalidInputError for a period that ends before it begins or is longer than 366 days."""
        end = request.end or today(self._clock)
        start = request.start or end - timedelta(days=min(29, (end - date.min).days))
        if not 0 <= (end - start).days < MOST_DAYS:
            raise InvalidInputError(f"'from' must not be after 'to', and at most {MOST_DAYS} days before it.")
        days = await self._usage.by_day(request.user_id, start, end)
        return UsageView(
            from_=start,
            to=end,
            runs=sum(day.runs for day in days),
            prompt_tokens=sum(day.prompt_tokens for day in days),
            completion_tokens=sum(day.completion_tokens for day in days),
            cost_usd=sum((day.cost_usd for day in days), Decimal(0)),
            quota_runs=self._quota.runs,
            quota_tokens=self._quota.tokens,
            quota_cost_usd=self._quota.cost_usd,
            days=tuple(days),
        )
