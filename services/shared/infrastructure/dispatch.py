"""Hands outbox records to the consumers of this process: straight from the relay, or as they come out of Kafka."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast
from uuid import UUID

import structlog

from data.outbox.inbox import Handling, Inbox
from data.outbox.records import HeldBackError, OutboxRecord
from services.shared.application.event_record import BatchEventHandler, EventHandler, EventRecord
from services.shared.domain.events import Json
from services.shared.domain.ids import EventId, UserId

log = structlog.get_logger(__name__)

_USERS_AT_ONCE: Final = 4


class HandlerSet:
    """Every consumer of this process: a record is handled once by each that wants it.

    What was handled before is looked up for a whole batch, and what was handled now is noted for all of it.
    """

    def __init__(self, inbox: Inbox, handlers: Sequence[EventHandler]) -> None:
        self._inbox = inbox
        self._handlers = handlers
        self._batch_handlers = [handler for handler in handlers if isinstance(handler, BatchEventHandler)]

    @property
    def topics(self) -> frozenset[str]:
        """All topics that some handler wants."""
        return frozenset().union(*(handler.topics for handler in self._handlers))

    async def handle(self, records: Sequence[OutboxRecord]) -> Sequence[Exception | None]:
        """Deliver in order for each key, several keys side by side; what comes of it is said as `Deliver` says it.

        A record is delivered once all that want it have handled it. When it comes again after a failure, it comes to
        those that have not.
        """
        deliveries = await self._open(records)
        await asyncio.gather(*(_hand_together(handler, deliveries.values()) for handler in self._batch_handlers))
        await _hand_in_order(deliveries.values())
        await self._inbox.note([done for one in deliveries.values() for done in one.handled])
        return _outcomes(records, deliveries)

    async def _open(self, records: Sequence[OutboxRecord]) -> dict[UUID, _Delivery]:
        """By event, as one may come twice in a batch, with the handlers that have not handled it."""
        deliveries = {record.event_id: self._delivery(event_record(record)) for record in records}
        known = await self._inbox.handled([asked for one in deliveries.values() for asked in map(one.by, one.waiting)])
        for one in deliveries.values():
            one.waiting = [handler for handler in one.waiting if one.by(handler) not in known]
        return deliveries

    def _delivery(self, event: EventRecord) -> _Delivery:
        return _Delivery(event, [handler for handler in self._handlers if _wants(handler, event)])


@dataclass(slots=True)
class _Delivery:
    """An event on its way: who has still to handle it, who has done so just now, and why one could not."""

    event: EventRecord
    waiting: list[EventHandler]
    handled: list[Handling] = field(default_factory=list)
    error: Exception | None = None

    def by(self, handler: EventHandler) -> Handling:
        return Handling(handler.consumer, self.event.event_id)

    def done_by(self, handler: EventHandler) -> None:
        self.waiting.remove(handler)
        self.handled.append(self.by(handler))

    async def run(self) -> bool:
        """Run the handlers side by side, to the end of each; whether all have done it."""
        outcomes = await asyncio.gather(
            *(handler.handle(self.event) for handler in self.waiting), return_exceptions=True
        )
        for handler, outcome in zip(tuple(self.waiting), outcomes, strict=True):
            if outcome is None:
                self.done_by(handler)
            elif not isinstance(outcome, Exception):
                raise outcome
            else:
                self.error = self.error or outcome
        return self.error is None


async def _hand_together(handler: BatchEventHandler, deliveries: Collection[_Delivery]) -> None:
    """What fails together goes one by one afterwards, so that only what cannot be handled has failed."""
    waiting = [one for one in deliveries if handler in one.waiting]
    if not waiting:
        return
    try:
        left = await handler.handle_together([one.event for one in waiting])
    except Exception:
        log.exception("events.batch_failed", consumer=handler.consumer, events=len(waiting))
        return
    left_ids = {event.event_id for event in left}
    for one in waiting:
        if one.event.event_id not in left_ids:
            one.done_by(handler)


async def _hand_in_order(deliveries: Collection[_Delivery]) -> None:
    """A person's events one after the other, up to the first that fails; some people side by side."""
    of_users: dict[UUID, list[_Delivery]] = {}
    for one in deliveries:
        of_users.setdefault(one.event.user_id, []).append(one)
    some_users = asyncio.Semaphore(_USERS_AT_ONCE)

    async def hand(of_user: Sequence[_Delivery]) -> None:
        async with some_users:
            for one in of_user:
                if not await one.run():
                    return

    await asyncio.gather(*map(hand, of_users.values()))


def _outcomes(records: Sequence[OutboxRecord], deliveries: Mapping[UUID, _Delivery]) -> list[Exception | None]:
    failed: set[str] = set()
    outcomes: list[Exception | None] = []
    for record in records:
        error = HeldBackError() if record.key in failed else deliveries[record.event_id].error
        if error is not None:
            failed.add(record.key)
        outcomes.append(error)
    return outcomes


def _wants(handler: EventHandler, event: EventRecord) -> bool:
    return event.topic in handler.topics and (handler.names is None or event.name in handler.names)


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
