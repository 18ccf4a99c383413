"""Events as consumers receive them: plain records, the same from the outbox and from Kafka."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from services.shared.domain.events import DomainEvent, Json


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One published event. `payload` is what `DomainEvent.payload()` gave; `occurred_at` is aware, in UTC.

    Delivery is at least once, and in order for one user.
    """

    event_id: UUID
    topic: str
    name: str
    user_id: UUID
    occurred_at: datetime
    payload: dict[str, Json]


def record_of(event: DomainEvent) -> EventRecord:
    """The event as consumers would receive it."""
    return EventRecord(event.event_id, event.topic, event.name, event.user_id, event.occurred_at, event.payload())


class EventHandler(Protocol):
    """A consumer of events; plain attributes serve as its properties.

    `handle` must be idempotent: a record may come again after a crash. An error that it raises makes the record come
    again.
    """

    @property
    def consumer(self) -> str:
        """Its name in the inbox."""
        ...

    @property
    def topics(self) -> frozenset[str]:
        """What it reads."""
        ...

    @property
    def names(self) -> frozenset[str] | None:
        """Which of its topics' events are its business; None for whatever comes. It gets no others."""
        ...

    async def handle(self, record: EventRecord) -> None:
        """Do whatever follows from the event."""
        ...


@runtime_checkable
class BatchEventHandler(EventHandler, Protocol):
    """A consumer that does something for many events at once more cheaply than for one after the other."""

    async def handle_together(self, records: Sequence[EventRecord]) -> Sequence[EventRecord]:
        """Do what can be done together for events of any users, each user's in order; those that are left.

        What is left comes to `handle` one by one, and so does everything after an error.
        """
        ...
