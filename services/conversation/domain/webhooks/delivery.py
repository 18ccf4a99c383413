"""A delivery: one event on its way to one webhook."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NewType
from uuid import UUID

from services.conversation.domain.webhooks.webhook import WebhookEvent, WebhookId
from services.shared.domain.ids import EventId, UserId

DeliveryId = NewType("DeliveryId", UUID)

MAX_ATTEMPTS: Final = 9
KEPT_FOR: Final = timedelta(days=30)
_FIRST_DELAY: Final = timedelta(seconds=5)
_LONGEST_DELAY: Final = timedelta(hours=12)
JITTER_PERCENT: Final = range(80, 121)
"""Of a delay: what failed together shall not come again together."""

_MAX_ERROR_LENGTH: Final = 300


class DeliveryState(StrEnum):
    """Where a delivery stands. A dead one has been given up."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt: the receiver's status, or why there is none."""

    status: int | None
    error: str | None = None

    @property
    def is_success(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the receiver wants nothing more, ever."""
        return self.status == 410

    @property
    def reason(self) -> str | None:
        """Why it failed, in words; None when it did not."""
        if self.is_success:
            return None
        return self.error or _REASONS.get(self.status or 0) or f"The receiver answered {self.status}."


_REASONS: Final = {
    **dict.fromkeys((301, 302, 303, 307, 308), "The receiver redirects, which is not followed: register its new URL."),
    410: "The receiver answered 410 Gone: the webhook was disabled.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Its id is the message's at every attempt, and `body` the same text. `next_attempt_at` is None at the end."""

    id: DeliveryId
    webhook_id: WebhookId
    user_id: UserId
    event_id: EventId
    event: WebhookEvent
    body: str
    created_at: datetime
    next_attempt_at: datetime | None
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    last_attempt_at: datetime | None = None
    last_status: int | None = None
    last_error: str | None = None

    @property
    def message(self) -> dict[str, Any]:
        """The body, read."""
        read: dict[str, Any] = json.loads(self.body)
        return read

    def attempted(self, answer: Answer, now: datetime, percent: int = 100) -> Delivery:
        """The delivery after an attempt; the next one comes after so much of the usual delay."""
        attempts = self.attempts + 1
        if answer.is_success:
            state = DeliveryState.DELIVERED
        elif answer.is_gone or attempts >= MAX_ATTEMPTS:
            state = DeliveryState.DEAD
        else:
            state = DeliveryState.PENDING
        return dataclasses.replace(
            self,
            state=state,
            attempts=attempts,
            last_attempt_at=now,
            last_status=answer.status,
            last_error=answer.reason and answer.reason[:_MAX_ERROR_LENGTH],
            next_attempt_at=now + delay(attempts) * percent / 100 if state is DeliveryState.PENDING else None,
        )

    def given_up(self, reason: str) -> Delivery:
        """The delivery, not to be attempted any more."""
        return dataclasses.replace(self, state=DeliveryState.DEAD, last_error=reason, next_attempt_at=None)


def delay(attempts: int) -> timedelta:
    """How long after so many attempts the next one usually comes: 5 s, 20 s, 80 s ... 12 h."""
    return min(_FIRST_DELAY * (1 << 2 * (attempts - 1)), _LONGEST_DELAY)
