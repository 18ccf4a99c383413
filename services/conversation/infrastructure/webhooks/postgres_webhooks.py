"""Webhooks in PostgreSQL, their secrets sealed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.conversation.domain.webhooks.errors import TooManyWebhooksError
from services.conversation.domain.webhooks.webhook import MAX_WEBHOOKS, Webhook, WebhookEvent, WebhookId
from services.conversation.infrastructure.webhooks.tables import webhooks
from services.shared.domain.ids import UserId
from services.shared.infrastructure.secret_cipher import SecretCipher


class PostgresWebhookRepository:
    """`WebhookRepository` on the connection of a unit of work."""

    def __init__(self, connection: AsyncConnection, cipher: SecretCipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add(self, webhook: Webhook) -> None:
        """Keep a new one; TooManyWebhooksError at ten."""
        # One writer per person at a time, so that the bound holds.
        lock = func.pg_advisory_xact_lock(func.hashtextextended(f"webhooks {webhook.user_id}", 0))
        await self._connection.execute(select(lock))
        count = select(func.count()).select_from(webhooks).where(webhooks.c.user_id == webhook.user_id)
        if (await self._connection.execute(count)).scalar_one() >= MAX_WEBHOOKS:
            raise TooManyWebhooksError(MAX_WEBHOOKS)
        await self._connection.execute(insert(webhooks).values(id=webhook.id, **self._row(webhook)))

    async def lock(self, webhook_id: WebhookId, user_id: UserId) -> Webhook | None:
        """The caller's webhook, held against other writers until the unit ends; None when there is none."""
        row = (await self._connection.execute(owned(webhook_id, user_id).with_for_update())).first()
        return to_webhook(row, self._cipher) if row is not None else None

    async def save(self, webhook: Webhook) -> None:
        """Keep its secrets and whether it is disabled."""
        await self._connection.execute(update(webhooks).where(webhooks.c.id == webhook.id).values(**self._row(webhook)))

    async def delete(self, webhook: Webhook) -> None:
        """Forget it, with its deliveries."""
        await self._connection.execute(delete(webhooks).where(webhooks.c.id == webhook.id))

    def _row(self, webhook: Webhook) -> dict[str, object]:
        return {
            "user_id": webhook.user_id,
            "url": webhook.url,
            "events": sorted(webhook.events),
            "old_secret_until": webhook.old_secret_until,
            "created_at": webhook.created_at,
            "disabled_at": webhook.disabled_at,
            **self._sealed(webhook),
        }

    def _sealed(self, webhook: Webhook) -> dict[str, object]:
        """What cannot be opened stays as it is: its key may come back."""
        secrets = {"secret": webhook.secret, "old_secret": webhook.old_secret}
        return {
            name: self._cipher.seal(webhook.user_id, secret) for name, secret in secrets.items() if secret is not None
        }


def owned(webhook_id: WebhookId, user_id: UserId) -> Select[tuple[object, ...]]:
    """The caller's webhook."""
    return select(webhooks).where(webhooks.c.id == webhook_id, webhooks.c.user_id == user_id)


def to_webhook(row: Row[Any], cipher: SecretCipher) -> Webhook:
    """The webhook of a row."""
    user_id = UserId(row.user_id)
    return Webhook(
        id=WebhookId(row.id),
        user_id=user_id,
        url=row.url,
        events=frozenset(map(WebhookEvent, row.events)),
        secret=cipher.open(user_id, row.secret),
        created_at=row.created_at,
        old_secret=cipher.open(user_id, row.old_secret) if row.old_secret is not None else None,
        old_secret_until=row.old_secret_until,
        disabled_at=row.disabled_at,
    )
