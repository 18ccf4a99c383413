"""Who is told of what happens."""

from dataclasses import dataclass

from services.conversation.domain.webhooks.repositories import WebhookReader
from services.conversation.domain.webhooks.webhook import Webhook
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWebhooksRequest:
    """Whose."""

    user_id: UserId


class ListWebhooks:
    """Query: all of the caller's webhooks, oldest first, ten at most."""

    def __init__(self, webhooks: WebhookReader) -> None:
        self._webhooks = webhooks

    async def __call__(self, request: ListWebhooksRequest) -> list[Webhook]:
        """Empty when there is none."""
        return await self._webhooks.all(request.user_id)
