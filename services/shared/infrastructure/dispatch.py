"""Hands outbox records straight to their handlers, where no broker is configured."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Final, cast
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.inbox import Inbox
from data.outbox.records import HeldBackError, OutboxRecord
from services.shared.application.event_record import EventHandler, EventRecord
from services.shared.domain.events import Json
from services.shared.domain.ids import EventId, UserId

_KEYS_AT_ONCE: Final = 4


class HandlerSet:
    """Every consumer of this process, each with its inbox: a record is handled once by each that wants its topic."""

    def __init__(self, engine: AsyncEngine, handlers: Sequence[EventHandler]) -> None:
        self._handlers = [(handler, Inbox(engine, handler.consumer)) for handler in handlers]

    @property
    def topics(self) -> frozenset[str]:
        """All topics that some handler wants."""
        return frozenset().union(*(handler.topics for handler, _ in self._handlers))

    async def handle(self, record: OutboxRecord) -> None:
        """Run the handlers that want the record side by side. Raises the first failure after all have ended."""
        event = event_record(record)
        interested = [(handler, inbox) for handler, inbox in self._handlers if event.topic in handler.topics]
        outcomes = await asyncio.gather(
            *(inbox.once(record.event_id, partial(handler.handle, event)) for handler, inbox in interested),
            return_exceptions=True,
        )
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome


class DirectPublisher:
    """The outbox's publisher without a broker: the same records to the same handlers, durably."""

    def __init__(self, handlers: HandlerSet) -> None:
        self._handlers = handlers

    async def publish(self, records: Sequence[OutboxRecord]) -> Sequence[Exception | None]:
        """Deliver in order for each key, several keys side by side. After a failure, the rest of its key waits."""
        by_key: dict[str, list[int]] = {}
        for index, record in enumerate(records):
            by_key.setdefault(record.key, []).append(index)
        outcomes: list[Exception | None] = [None] * len(records)
        some_keys = asyncio.Semaphore(_KEYS_AT_ONCE)

        async def deliver(indexes: list[int]) -> None:
            async with some_keys:
                for place, index in enumerate(indexes):
                    try:
                        await self._handlers.handle(records[index])
                    except Exception as error:
                        outcomes[index] = error
                        for later in indexes[place + 1 :]:
                            outcomes[later] = HeldBackError()
                        return

        await asyncio.gather(*(deliver(indexes) for indexes in by_key.values()))
        return outcomes


def event_record(record: OutboxRecord) -> EventRecord:
    """The record as the contexts' handlers know it."""
    return EventRecord(
        event_id=EventId(record.event_id),
        topic=record.topic,
        name=record.name,
        user_id=UserId(UUID(record.key)),
        occurred_at=record.occurred_at,
        payload=cast("dict[str, Json]", record.payload),
    )
