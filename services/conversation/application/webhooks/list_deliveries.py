"""What a webhook was told, and what came of it."""

from dataclasses import dataclass

from services.conversation.domain.webhooks.delivery import Delivery, DeliveryId
from services.conversation.domain.webhooks.errors import WebhookNotFoundError
from services.conversation.domain.webhooks.repositories import WebhookReader
from services.conversation.domain.webhooks.webhook import WebhookId
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDeliveriesRequest:
    """`limit` is from 1 to 100; `before` (the last of a page) continues with older ones."""

    user_id: UserId
    webhook_id: WebhookId
    before: DeliveryId | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class DeliveryPageView:
    """A page; `before` continues with older deliveries and is None on the last one."""

    deliveries: tuple[Delivery, ...]
    before: DeliveryId | None


class ListDeliveries:
    """Query: the deliveries of one of the caller's webhooks, the newest first."""

    def __init__(self, webhooks: WebhookReader) -> None:
        self._webhooks = webhooks

    async def __call__(self, request: ListDeliveriesRequest) -> DeliveryPageView:
        """WebhookNotFoundError unless it is the caller's; InvalidInputError for a limit out of range."""
        if not 1 <= request.limit <= 100:
            raise InvalidInputError("limit must be from 1 to 100.")
        if await self._webhooks.get(request.webhook_id, request.user_id) is None:
            raise WebhookNotFoundError
        found = await self._webhooks.deliveries(request.webhook_id, request.user_id, request.before, request.limit + 1)
        page = tuple(found[: request.limit])
        return DeliveryPageView(page, page[-1].id if len(found) > len(page) else None)
