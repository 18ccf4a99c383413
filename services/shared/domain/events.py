"""Domain events: facts in the past tense, published through the transactional outbox."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import ClassVar, Final
from uuid import UUID

from services.shared.domain.ids import EventId, UserId, new_uuid

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainEvent:
    """Something that happened to one user's data.

    `topic` names the stream it belongs to (one per bounded context); events of one user keep their order, for
    `user_id` is the partition key.
    """

    topic: ClassVar[str]

    user_id: UserId
    event_id: EventId = field(default_factory=lambda: EventId(new_uuid()))
    occurred_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def name(self) -> str:
        """The event's name, e.g. `StatementImported`."""
        return type(self).__name__

    def payload(self) -> dict[str, Json]:
        """The event's own fields as JSON: decimals and ids as strings, times as ISO 8601."""
        return {f.name: to_json(getattr(self, f.name)) for f in dataclasses.fields(self) if f.name not in _COMMON}


_COMMON: Final = frozenset(f.name for f in dataclasses.fields(DomainEvent))


def to_json(value: object) -> Json:
    """A value object as plain JSON, without loss: a Decimal stays exact as a string."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return f"{value:f}"
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case list() | tuple() | set() | frozenset():
            return [to_json(item) for item in value]
        case dict():
            return {str(key): to_json(item) for key, item in value.items()}
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON form")
