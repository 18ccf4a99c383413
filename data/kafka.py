"""Kafka through aiokafka: an idempotent producer behind the outbox, and a consumer group before the handlers."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

import orjson
import structlog
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from data.outbox.records import Deliver, HeldBackError, OutboxRecord

log = structlog.get_logger(__name__)

_BATCH: Final = 200
_WAIT_MS: Final = 5000

Message: TypeAlias = ConsumerRecord[bytes, bytes]


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
    """A consumer group that hands records on in batches and commits the offsets of what was delivered."""

    def __init__(self, bootstrap: str, *, group: str, topics: Collection[str], prefix: str = "nivesh") -> None:
        self._bootstrap = bootstrap
        self._group = group
        self._topics = [f"{prefix}.{topic}" for topic in topics]

    async def run(self, deliver: Deliver) -> None:
        """Consume until cancelled. What is not delivered is tried again after a growing pause, and all waits for it.

        Who has lost the broker, or partitions while working on their records, joins the group anew.
        """
        while True:
            try:
                await self._consume(deliver)
            except KafkaError:
                log.exception("kafka.consuming_interrupted")
            await asyncio.sleep(1)

    async def _consume(self, deliver: Deliver) -> None:
        consumer = AIOKafkaConsumer(
            *self._topics,
            bootstrap_servers=self._bootstrap,
            group_id=self._group,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            isolation_level="read_committed",
        )
        try:
            await consumer.start()
            while True:
                fetched = await consumer.getmany(timeout_ms=_WAIT_MS, max_records=_BATCH)
                await _deliver_all(consumer, [message for some in fetched.values() for message in some], deliver)
        finally:
            await consumer.stop()


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


async def _deliver_all(consumer: AIOKafkaConsumer, messages: Sequence[Message], deliver: Deliver) -> None:
    """Try until all are delivered; each time, commit every partition up to the first message that is not."""
    pause_s = 1.0
    ends = {_partition(message): message.offset + 1 for message in messages}
    while messages:
        messages = await _undelivered(messages, deliver)
        firsts = {_partition(message): message.offset for message in reversed(messages)}
        await consumer.commit(ends | firsts)
        if messages:
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, 60)


async def _undelivered(messages: Sequence[Message], deliver: Deliver) -> Sequence[Message]:
    """Try all; those that have to be tried again."""
    try:
        outcomes = await deliver([decode(message.value) for message in messages])
    except Exception:
        log.exception("kafka.batch_failed", messages=len(messages))
        return messages
    for message, outcome in zip(messages, outcomes, strict=True):
        if outcome is not None and not isinstance(outcome, HeldBackError):
            log.error("kafka.delivery_failed", topic=message.topic, offset=message.offset, exc_info=outcome)
    return [message for message, outcome in zip(messages, outcomes, strict=True) if outcome is not None]


def _partition(message: Message) -> TopicPartition:
    return TopicPartition(message.topic, message.partition)
