"""Send to a webhook again whose receiver was gone."""

from dataclasses import dataclass

from services.conversation.application.webhooks.unit_of_work import WebhookUnitOfWorkFactory
from services.conversation.domain.webhooks.errors import WebhookNotFoundError
from services.conversation.domain.webhooks.webhook import Webhook, WebhookId
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class EnableWebhookRequest:
    """Which webhook."""

    user_id: UserId
    webhook_id: WebhookId


class EnableWebhook:
    """Command: what happens from now on is told again; one that is not disabled stays as it is."""

    def __init__(self, unit_of_work: WebhookUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: EnableWebhookRequest) -> Webhook:
        """WebhookNotFoundError unless it is the caller's."""
        async with self._unit_of_work() as unit:
            webhook = await unit.webhooks.lock(request.webhook_id, request.user_id)
            if webhook is None:
                raise WebhookNotFoundError
            enabled = webhook.enabled()
            await unit.webhooks.save(enabled)
            await unit.commit()
        return enabled
