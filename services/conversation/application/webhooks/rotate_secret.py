"""Give a webhook another secret."""

from dataclasses import dataclass

from services.conversation.application.webhooks.unit_of_work import WebhookUnitOfWorkFactory
from services.conversation.domain.webhooks.errors import WebhookNotFoundError
from services.conversation.domain.webhooks.webhook import Webhook, WebhookId
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateSecretRequest:
    """Which webhook."""

    user_id: UserId
    webhook_id: WebhookId


class RotateSecret:
    """Command: a new secret signs from now on, and for a day the old one beside it."""

    def __init__(self, unit_of_work: WebhookUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: RotateSecretRequest) -> Webhook:
        """WebhookNotFoundError unless it is the caller's."""
        async with self._unit_of_work() as unit:
            webhook = await unit.webhooks.lock(request.webhook_id, request.user_id)
            if webhook is None:
                raise WebhookNotFoundError
            rotated = webhook.rotated(self._clock.now())
            await unit.webhooks.save(rotated)
            await unit.commit()
        return rotated
