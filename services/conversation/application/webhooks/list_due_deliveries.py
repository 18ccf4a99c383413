"""What is to be sent now."""

from collections.abc import Collection

from services.conversation.domain.webhooks.delivery import Delivery
from services.conversation.domain.webhooks.repositories import WebhookReader
from services.conversation.domain.webhooks.webhook import WebhookId
from services.shared.domain.clock import Clock


class ListDueDeliveries:
    """Query: every user's deliveries that are due, one of each webhook; for the dispatcher, never for a caller."""

    def __init__(self, webhooks: WebhookReader, clock: Clock) -> None:
        self._webhooks = webhooks
        self._clock = clock

    async def __call__(self, *, without: Collection[WebhookId], limit: int) -> list[Delivery]:
        """At most `limit`, none of the webhooks that something is being sent to."""
        return await self._webhooks.due(self._clock.now(), without=without, limit=limit)
