"""Who is to be told of anything."""

from collections.abc import Collection

from services.conversation.domain.webhooks.repositories import WebhookReader
from services.shared.domain.ids import UserId


class FindListeners:
    """Query of the program itself, never of a caller: it spans all users."""

    def __init__(self, webhooks: WebhookReader) -> None:
        self._webhooks = webhooks

    async def __call__(self, users: Collection[UserId]) -> set[UserId]:
        """Those of the users who have a webhook."""
        return await self._webhooks.owners(users)
