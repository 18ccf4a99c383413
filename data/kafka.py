"""Kafka through aiokafka: an idempotent producer behind the outbox, and a consumer group before the handlers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from uuid import UUID

import orjson
import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition

from data.outbox.records import OutboxRecord

log = structlog.get_logger(__name__)


class KafkaPublisher:
    """The outbox's publisher on Kafka. Topics are `<prefix>.<topic>`, keyed by the record's key, JSON values."""

    def __init__(self, bootstrap: str, *, prefix: str = "nivesh") -> None:
        self._prefix = prefix
        self._producer = AIOKafkaProducer(
            bootstrap_servers=bootstrap, enable_idempotence=True, acks="all", linger_ms=5, client_id="nivesh-outbox"
        )

    async def start(self) -> None:
        """Connect; raises when no broker answers."""
        await self._producer.start()

    async def stop(self) -> None:
        """Flush and disconnect."""
        await self._producer.stop()

    async def publish(self, records: Sequence[OutboxRecord]) -> Sequence[Exception | None]:
        """Send in order; a record is delivered when all in-sync replicas have it."""
        sent = [
            await self._producer.send(f"{self._prefix}.{record.topic}", encode(record), key=record.key.encode())
            for record in records
        ]
        outcomes = await asyncio.gather(*sent, return_exceptions=True)
        return [outcome if isinstance(outcome, Exception) else None for outcome in outcomes]


class KafkaSubscription:
    """A consumer group that hands records to a handler and commits an offset only once its record is handled."""

    def __init__(self, bootstrap: str, *, group: str, topics: Collection[str], prefix: str = "nivesh") -> None:
        self._consumer = AIOKafkaConsumer(
            *(f"{prefix}.{topic}" for topic in topics),
            bootstrap_servers=bootstrap,
            group_id=group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
        )

    async def run(self, handle: Callable[[OutboxRecord], Awaitable[None]]) -> None:
        """Consume until cancelled. A record whose handler fails is tried again after a growing pause."""
        await self._consumer.start()
        try:
            async for message in self._consumer:
                await _handle_until_done(message, handle)
                await self._consumer.commit({TopicPartition(message.topic, message.partition): message.offset + 1})
        finally:
            await self._consumer.stop()


def encode(record: OutboxRecord) -> bytes:
    """The record as the JSON value of a message."""
    return orjson.dumps(
        {
            "event_id": str(record.event_id),
            "topic": record.topic,
            "name": record.name,
            "key": record.key,
            "occurred_at": record.occurred_at.isoformat(),
            "payload": record.payload,
        }
    )


def decode(value: bytes) -> OutboxRecord:
    """The record in a message's value."""
    fields = orjson.loads(value)
    return OutboxRecord(
        event_id=UUID(fields["event_id"]),
        topic=fields["topic"],
        name=fields["name"],
        key=fields["key"],
        occurred_at=datetime.fromisoformat(fields["occurred_at"]),
        payload=fields["payload"],
    )


async def _handle_until_done(
    message: ConsumerRecord[bytes, bytes], handle: Callable[[OutboxRecord], Awaitable[None]]
) -> None:
    pause_s = 1.0
    while True:
        try:
            return await handle(decode(message.value))
        except Exception:
            log.exception("kafka.handler_failed", topic=message.topic, offset=message.offset, retry_in_s=pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, 60)
