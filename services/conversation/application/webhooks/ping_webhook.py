"""Try a webhook."""

from dataclasses import dataclass

from services.conversation.application.webhooks.unit_of_work import WebhookUnitOfWorkFactory
from services.conversation.domain.events import WebhookPinged
from services.conversation.domain.webhooks.errors import WebhookDisabledError, WebhookNotFoundError
from services.conversation.domain.webhooks.webhook import WebhookId
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class PingWebhookRequest:
    """Which webhook."""

    user_id: UserId
    webhook_id: WebhookId


class PingWebhook:
    """Command: a test is sent on the way that everything takes; what came of it stands among the deliveries."""

    def __init__(self, unit_of_work: WebhookUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: PingWebhookRequest) -> None:
        """WebhookNotFoundError unless it is the caller's; WebhookDisabledError."""
        async with self._unit_of_work() as unit:
            webhook = await unit.webhooks.lock(request.webhook_id, request.user_id)
            if webhook is None:
                raise WebhookNotFoundError
            if webhook.disabled_at is not None:
                raise WebhookDisabledError
            unit.record(WebhookPinged(user_id=webhook.user_id, webhook_id=webhook.id, occurred_at=self._clock.now()))
            await unit.commit()
