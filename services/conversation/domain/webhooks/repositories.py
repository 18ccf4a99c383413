"""Ports of webhooks: who is told, what is on its way, and how it gets there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from services.conversation.domain.webhooks.delivery import Answer, Delivery, DeliveryId
from services.conversation.domain.webhooks.webhook import Webhook, WebhookId
from services.shared.domain.ids import UserId


class WebhookRepository(Protocol):
    """Webhooks inside a unit of work."""

    async def add(self, webhook: Webhook) -> None:
        """Keep a new one. TooManyWebhooksError when the person has as many as are allowed."""
        ...

    async def lock(self, webhook_id: WebhookId, user_id: UserId) -> Webhook | None:
        """The caller's webhook, held against other writers until the unit ends; None when there is none."""
        ...

    async def save(self, webhook: Webhook) -> None:
        """Keep its secrets and whether it is disabled."""
        ...

    async def delete(self, webhook: Webhook) -> None:
        """Forget it, with its deliveries."""
        ...


class DeliveryRepository(Protocol):
    """Deliveries inside a unit of work."""

    async def add(self, delivery: Delivery) -> None:
        """Have it delivered; the same event for the same webhook is there once."""
        ...

    async def save(self, delivery: Delivery) -> None:
        """Keep what came of an attempt, unless the delivery has ended or is gone."""
        ...

    async def forget(self, before: datetime) -> int:
        """Erase those that were made before a moment; how many."""
        ...


class WebhookReader(Protocol):
    """Reads of webhooks and deliveries."""

    async def all(self, user_id: UserId) -> list[Webhook]:
        """The caller's webhooks, oldest first."""
        ...

    async def owners(self, users: Collection[UserId]) -> set[UserId]:
        """Which of these users have a webhook."""
        ...

    async def get(self, webhook_id: WebhookId, user_id: UserId) -> Webhook | None:
        """The caller's webhook; None when there is none."""
        ...

    async def deliveries(
        self, webhook_id: WebhookId, user_id: UserId, before: DeliveryId | None, limit: int
    ) -> list[Delivery]:
        """The deliveries of the caller's webhook, the newest first, below an id."""
        ...

    async def due(self, now: datetime, *, without: Collection[WebhookId], limit: int) -> list[Delivery]:
        """What is to be sent at this moment, of every user: of each webhook the oldest, but for some webhooks."""
        ...


class WebhookSender(Protocol):
    """What reaches receivers."""

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send it once. Whatever goes wrong is an answer, not an error."""
        ...
