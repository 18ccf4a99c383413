"""Every event of every topic, in ClickHouse's `events_log`."""

import asyncio
from collections.abc import Sequence
from itertools import groupby
from typing import Final
from uuid import UUID

import orjson

from data.clickhouse import ClickHouse
from services.shared.application.analytics_log import AnalyticsLog
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import UserId
from services.shared.infrastructure.erasure import USER_ERASED

TABLE: Final = "events_log"

# The sorting key holds the event id, and merges keep one row per key: an event that comes twice is one row under FINAL.
_CREATE: Final = f"""
CREATE TABLE IF NOT EXISTS {TABLE} (
    event_id UUID,
    name LowCardinality(String),
    topic LowCardinality(String),
    user_id UUID,
    occurred_at DateTime64(3, 'UTC'),
    payload String
) ENGINE = ReplacingMergeTree ORDER BY (topic, occurred_at, event_id)
"""
_ERASE: Final = f"ALTER TABLE {TABLE} DELETE WHERE user_id = '{{user_id}}' SETTINGS mutations_sync = 2"
_COLUMNS: Final = ("event_id", "name", "topic", "user_id", "occurred_at", "payload")


class ClickHouseAnalyticsLog:
    """`AnalyticsLog` on ClickHouse. Its table is made at the first use; read it with FINAL."""

    def __init__(self, clickhouse: ClickHouse) -> None:
        self._clickhouse = clickhouse
        self._creating = asyncio.Lock()
        self._created = False

    async def record(self, events: Sequence[EventRecord]) -> None:
        """Append events as rows; `payload` is compact JSON."""
        if not events:
            return
        await self._create_once()
        await self._clickhouse.insert(TABLE, _COLUMNS, [_row(event) for event in events])

    async def erase(self, user_id: UserId) -> None:
        """Rewrite the parts that hold the person's rows; they are gone when it returns."""
        await self._create_once()
        await self._clickhouse.command(_ERASE.format(user_id=UUID(str(user_id))))

    async def _create_once(self) -> None:
        async with self._creating:
            if not self._created:
                await self._clickhouse.command(_CREATE)
                self._created = True


class EventsLogProjection:
    """Consumer that logs every event of the topics it is given, but one: of an erased person nothing stays."""

    consumer: Final = "analytics.events_log"
    names: Final = None

    def __init__(self, log: AnalyticsLog, topics: frozenset[str]) -> None:
        self._log = log
        self.topics: Final = topics

    async def handle(self, record: EventRecord) -> None:
        """Log the event, or erase all of a person's."""
        await self.handle_together([record])

    async def handle_together(self, records: Sequence[EventRecord]) -> Sequence[EventRecord]:
        """Log what lies between erasures together; nothing is left."""
        for erased, some in groupby(records, key=lambda record: record.name == USER_ERASED):
            if not erased:
                await self._log.record(list(some))
                continue
            for record in some:
                await self._log.erase(UserId(record.user_id))
        return ()


def _row(event: EventRecord) -> tuple[object, ...]:
    payload = orjson.dumps(event.payload).decode()
    return (event.event_id, event.name, event.topic, event.user_id, event.occurred_at, payload)
