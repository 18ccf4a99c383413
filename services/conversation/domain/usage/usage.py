"""What answering has taken: tokens and their price, and how much of it a person may take in a day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Protocol

from services.shared.domain.clock import INDIA
from services.shared.domain.errors import RateLimitedError
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Of one model on one day (India's calendar). `cost_usd` counts only runs whose model has a price."""

    day: date
    model: str
    runs: int
    prompt_tokens: int
    completion_tokens: int
    cost_usd: Decimal

    @property
    def tokens(self) -> int:
        """Both kinds."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """What one person may take in a day of India's calendar; None is no bound."""

    runs: int | None = None
    tokens: int | None = None
    cost_usd: Decimal | None = None

    def require(self, taken: list[Usage], now: datetime) -> None:
        """QuotaExceededError when a bound is reached by what was taken today."""
        runs, tokens = sum(one.runs for one in taken), sum(one.tokens for one in taken)
        cost = sum((one.cost_usd for one in taken), Decimal(0))
        if self.runs is not None and runs >= self.runs:
            raise QuotaExceededError(f"{self.runs:,} questions", now)
        if self.tokens is not None and tokens >= self.tokens:
            raise QuotaExceededError(f"{self.tokens:,} tokens", now)
        if self.cost_usd is not None and cost >= self.cost_usd:
            raise QuotaExceededError(f"model calls for {self.cost_usd:f} US dollars", now)

    @property
    def is_unbounded(self) -> bool:
        """Whether there is nothing to require."""
        return self.runs is None and self.tokens is None and self.cost_usd is None


class QuotaExceededError(RateLimitedError):
    """A person has taken what one may take in a day."""

    code = "quota-exceeded"

    def __init__(self, bound: str, now: datetime) -> None:
        local = now.astimezone(INDIA)
        midnight = datetime.combine(local.date() + timedelta(days=1), time(), INDIA)
        super().__init__(
            f"The limit of {bound} a day is reached. It starts anew at midnight in India; see GET /usage.",
            extra={"retry_after_s": int((midnight - local).total_seconds()) + 1},
        )


class UsageReader(Protocol):
    """Reads of usage."""

    async def by_day(self, user_id: UserId, start: date, end: date) -> list[Usage]:
        """The caller's usage from `start` to `end`, both included, by day and model, oldest first."""
        ...
