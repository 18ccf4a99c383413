"""What travels through the outbox, and who takes it onwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OutboxRecord:
    """One event as plain data. Records with the same `key` keep their order."""

    event_id: UUID
    topic: str
    name: str
    key: str
    occurred_at: datetime
    payload: dict[str, Any]


class HeldBackError(Exception):
    """A record was not tried, because an earlier one of its key has to go first."""


Deliver = Callable[[Sequence[OutboxRecord]], Awaitable[Sequence[Exception | None]]]
"""Takes records onwards in order, to Kafka or to the consumers. One outcome per record: None once it is durably
delivered, else why it is not. HeldBackError is no failure of the record itself, and costs it no attempt."""
