"""Events as consumers receive them: plain records, the same from the outbox and from Kafka."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
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

    `handle` must be idempotent: a record may come again after a crash. An event name it does not know is not its
    business and is passed over; an error that it raises makes the record come again.
    """

    @property
    def consumer(self) -> str:
        """Its name in the inbox and as a Kafka consumer group."""
        ...

    @property
    def topics(self) -> frozenset[str]:
        """What it reads."""
        ...

    async def handle(self, record: EventRecord) -> None:
        """Do whatever follows from the event."""
        ...
