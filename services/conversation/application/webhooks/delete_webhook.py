"""Have a program told no more."""

from dataclasses import dataclass

from services.conversation.application.webhooks.unit_of_work import WebhookUnitOfWorkFactory
from services.conversation.domain.webhooks.errors import WebhookNotFoundError
from services.conversation.domain.webhooks.webhook import WebhookId
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteWebhookRequest:
    """Which webhook."""

    user_id: UserId
    webhook_id: WebhookId


class DeleteWebhook:
    """Command: the webhook is erased, and with it what was still to be delivered."""

    def __init__(self, unit_of_work: WebhookUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: DeleteWebhookRequest) -> None:
        """WebhookNotFoundError unless it is the caller's."""
        async with self._unit_of_work() as unit:
            webhook = await unit.webhooks.lock(request.webhook_id, request.user_id)
            if webhook is None:
                raise WebhookNotFoundError
            await unit.webhooks.delete(webhook)
            await unit.commit()
