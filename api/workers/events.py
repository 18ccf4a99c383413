"""Delivers domain events: the outbox's relay, and the consumers behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack

import structlog

from api.background import background
from api.settings import Settings
from api.stores import Stores, open_analytics
from data.clickhouse import ClickHouse
from data.outbox.inbox import PostgresInbox
from data.outbox.records import Deliver
from data.outbox.relay import OutboxRelay
from services.shared.application.event_record import EventHandler
from services.shared.infrastructure.dispatch import HandlerSet
from services.shared.infrastructure.events_log import ClickHouseAnalyticsLog, EventsLogProjection

log = structlog.get_logger(__name__)

TOPICS = frozenset({"user", "financial", "goals", "conversation", "knowledge_graph"})
KAFKA_GROUP = "nivesh"
_RETRY_S = 2.0


async def deliver_events(settings: Settings, stores: Stores, handlers: Sequence[EventHandler]) -> None:
    """Deliver until cancelled, as the one process of this home that has the analytics; others stand by."""
    while True:
        try:
            async with open_analytics(settings) as clickhouse:
                if clickhouse is not None:
                    await _deliver(settings, stores, [*handlers, _events_log(clickhouse)])
        except Exception:
            log.exception("events.delivery_interrupted")
        await asyncio.sleep(_RETRY_S)


def _events_log(clickhouse: ClickHouse) -> EventHandler:
    return EventsLogProjection(ClickHouseAnalyticsLog(clickhouse), TOPICS)


async def _deliver(settings: Settings, stores: Stores, handlers: Sequence[EventHandler]) -> None:
    consumers = HandlerSet(PostgresInbox(stores.postgres), handlers)
    async with AsyncExitStack() as stack:
        deliver: Deliver = consumers.handle
        if settings.kafka_bootstrap:
            from data.kafka import KafkaPublisher, KafkaSubscription

            kafka = KafkaPublisher(settings.kafka_bootstrap)
            await kafka.start()
            stack.push_async_callback(kafka.stop)
            deliver = kafka.publish
            subscription = KafkaSubscription(settings.kafka_bootstrap, group=KAFKA_GROUP, topics=TOPICS)
            await stack.enter_async_context(background(subscription.run(consumers.handle)))
        await OutboxRelay(stores.postgres, deliver).run()


async def exchange_over_kafka(
    settings: Settings, stores: Stores, handlers: Sequence[EventHandler], *, group: str
) -> None:
    """One service's part until cancelled: the outbox goes to Kafka, its own consumers follow as a group of theirs."""
    from data.kafka import KafkaPublisher, KafkaSubscription

    if settings.kafka_bootstrap is None:
        raise ValueError("a service alone exchanges events over Kafka only")
    consumers = HandlerSet(PostgresInbox(stores.postgres), handlers)
    async with AsyncExitStack() as stack:
        kafka = KafkaPublisher(settings.kafka_bootstrap)
        await kafka.start()
        stack.push_async_callback(kafka.stop)
        if consumers.topics:
            subscription = KafkaSubscription(settings.kafka_bootstrap, group=group, topics=consumers.topics)
            await stack.enter_async_context(background(subscription.run(consumers.handle)))
        await OutboxRelay(stores.postgres, kafka.publish).run()
