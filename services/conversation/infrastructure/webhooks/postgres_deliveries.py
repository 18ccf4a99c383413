"""Deliveries in PostgreSQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.conversation.domain.webhooks.delivery import Delivery, DeliveryId, DeliveryState
from services.conversation.domain.webhooks.webhook import WebhookEvent, WebhookId
from services.conversation.infrastructure.webhooks.tables import webhook_deliveries
from services.shared.domain.ids import EventId, UserId

WAKE_CHANNEL: Final = "nivesh_webhooks"


class PostgresDeliveryRepository:
    """`DeliveryRepository` on the connection of a unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, delivery: Delivery) -> None:
        """Have it delivered; whoever sends wakes when the unit commits."""
        added = insert(webhook_deliveries).values(id=delivery.id, **_row(delivery))
        await self._connection.execute(
            added.on_conflict_do_nothing(index_elements=["webhook_id", "event_id"]).returning(
                func.pg_notify(WAKE_CHANNEL, "")
            )
        )

    async def save(self, delivery: Delivery) -> None:
        """Keep what came of an attempt, unless the delivery has ended or is gone."""
        await self._connection.execute(
            update(webhook_deliveries)
            .where(webhook_deliveries.c.id == delivery.id, webhook_deliveries.c.state == DeliveryState.PENDING)
            .values(**_row(delivery))
        )

    async def forget(self, before: datetime) -> int:
        """Erase those that were made before a moment; how many."""
        erased = await self._connection.execute(
            delete(webhook_deliveries).where(webhook_deliveries.c.created_at < before)
        )
        return erased.rowcount


def _row(delivery: Delivery) -> dict[str, object]:
    return {
        "webhook_id": delivery.webhook_id,
        "user_id": delivery.user_id,
        "event_id": delivery.event_id,
        "event": delivery.event,
        "body": delivery.body,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "created_at": delivery.created_at,
        "next_attempt_at": delivery.next_attempt_at,
        "last_attempt_at": delivery.last_attempt_at,
        "last_status": delivery.last_status,
        "last_error": delivery.last_error,
    }


def to_delivery(row: Row[Any]) -> Delivery:
    """The delivery of a row."""
    return Delivery(
        id=DeliveryId(row.id),
        webhook_id=WebhookId(row.webhook_id),
        user_id=UserId(row.user_id),
        event_id=EventId(row.event_id),
        event=WebhookEvent(row.event),
        body=row.body,
        created_at=row.created_at,
        next_attempt_at=row.next_attempt_at,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        last_attempt_at=row.last_attempt_at,
        last_status=row.last_status,
        last_error=row.last_error,
    )
