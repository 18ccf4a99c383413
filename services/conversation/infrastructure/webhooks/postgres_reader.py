"""Reads of webhooks and deliveries in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import ARRAY, Uuid, all_, any_, bindparam, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect
from services.conversation.domain.webhooks.delivery import Delivery, DeliveryId, DeliveryState
from services.conversation.domain.webhooks.webhook import Webhook, WebhookId
from services.conversation.infrastructure.webhooks.postgres_deliveries import to_delivery
from services.conversation.infrastructure.webhooks.postgres_webhooks import owned, to_webhook
from services.conversation.infrastructure.webhooks.tables import webhook_deliveries, webhooks
from services.shared.domain.ids import UserId
from services.shared.infrastructure.secret_cipher import SecretCipher

# Looked for every two seconds, so made once.
_DUE: Final = (
    select(webhook_deliveries)
    .ext(distinct_on(webhook_deliveries.c.webhook_id))
    .where(
        webhook_deliveries.c.state == DeliveryState.PENDING,
        webhook_deliveries.c.next_attempt_at <= bindparam("now"),
        webhook_deliveries.c.webhook_id != all_(bindparam("without", type_=ARRAY(Uuid))),
    )
    .order_by(webhook_deliveries.c.webhook_id, webhook_deliveries.c.next_attempt_at, webhook_deliveries.c.id)
    .limit(bindparam("at_most"))
)
_OWNERS: Final = select(webhooks.c.user_id).where(webhooks.c.user_id == any_(bindparam("users", type_=ARRAY(Uuid))))


class PostgresWebhookReader:
    """`WebhookReader` on connections of its own."""

    def __init__(self, engine: AsyncEngine, cipher: SecretCipher) -> None:
        self._engine = engine
        self._cipher = cipher

    async def all(self, user_id: UserId) -> list[Webhook]:
        """The caller's webhooks, oldest first."""
        query = select(webhooks).where(webhooks.c.user_id == user_id).order_by(webhooks.c.id)
        async with connect(self._engine) as connection:
            return [to_webhook(row, self._cipher) for row in await connection.execute(query)]

    async def owners(self, users: Collection[UserId]) -> set[UserId]:
        """Which of these users have a webhook."""
        async with connect(self._engine) as connection:
            return {UserId(row.user_id) for row in await connection.execute(_OWNERS, {"users": list(users)})}

    async def get(self, webhook_id: WebhookId, user_id: UserId) -> Webhook | None:
        """The caller's webhook; None when there is none."""
        async with connect(self._engine) as connection:
            row = (await connection.execute(owned(webhook_id, user_id))).first()
        return to_webhook(row, self._cipher) if row is not None else None

    async def deliveries(
        self, webhook_id: WebhookId, user_id: UserId, before: DeliveryId | None, limit: int
    ) -> list[Delivery]:
        """The deliveries of the caller's webhook, the newest first (ids grow with time), below an id."""
        columns = webhook_deliveries.c
        query = (
            select(webhook_deliveries)
            .where(columns.webhook_id == webhook_id, columns.user_id == user_id)
            .order_by(columns.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(columns.id < before)
        async with connect(self._engine) as connection:
            return [to_delivery(row) for row in await connection.execute(query)]

    async def due(self, now: datetime, *, without: Collection[WebhookId], limit: int) -> list[Delivery]:
        """Of each webhook the delivery that has been due for longest, every user's, but for some webhooks."""
        asked = {"now": now, "without": list(without), "at_most": limit}
        async with connect(self._engine) as connection:
            return [to_delivery(row) for row in await connection.execute(_DUE, asked)]
