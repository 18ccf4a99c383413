"""Send one delivery once."""

from __future__ import annotations

import secrets

from services.conversation.application.webhooks.unit_of_work import WebhookUnitOfWork, WebhookUnitOfWorkFactory
from services.conversation.domain.webhooks.delivery import JITTER_PERCENT, Answer, Delivery
from services.conversation.domain.webhooks.repositories import WebhookReader, WebhookSender
from services.conversation.domain.webhooks.signature import signed_headers
from services.conversation.domain.webhooks.webhook import Webhook
from services.shared.domain.clock import Clock

_SEALED = Answer(None, "The webhook's secret can no longer be read: give it a new one with POST /webhooks/{id}/secret.")


class AttemptDelivery:
    """Command: sign, send, and keep what came of it.

    A process that dies between sending and keeping sends again, with the same id: delivery is at least once.
    """

    def __init__(
        self,
        unit_of_work: WebhookUnitOfWorkFactory,
        webhooks: WebhookReader,
        sender: WebhookSender,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._webhooks = webhooks
        self._sender = sender
        self._clock = clock

    async def __call__(self, delivery: Delivery) -> None:
        """The receiver's trouble is no error: it stands in the delivery. One that is gone disables its webhook."""
        webhook = await self._webhooks.get(delivery.webhook_id, delivery.user_id)
        if webhook is None:
            return
        if webhook.disabled_at is not None:
            await self._keep(delivery.given_up("The webhook was disabled meanwhile."))
            return
        answer = await self._send(webhook, delivery)
        attempted = delivery.attempted(answer, self._clock.now(), secrets.choice(JITTER_PERCENT))
        await self._keep(attempted, gone=webhook if answer.is_gone else None)

    async def _send(self, webhook: Webhook, delivery: Delivery) -> Answer:
        now = self._clock.now()
        if webhook.secret is None:
            return _SEALED
        body = delivery.body.encode()
        headers = signed_headers(str(delivery.id), body, webhook.secrets(now), now)
        return await self._sender.post(webhook.url, body, headers)

    async def _keep(self, delivery: Delivery, gone: Webhook | None = None) -> None:
        async with self._unit_of_work() as unit:
            if gone is not None:
                await self._disable(unit, gone)
            await unit.deliveries.save(delivery)
            await unit.commit()

    async def _disable(self, unit: WebhookUnitOfWork, webhook: Webhook) -> None:
        locked = await unit.webhooks.lock(webhook.id, webhook.user_id)
        if locked is not None:
            await unit.webhooks.save(locked.disabled(self._clock.now()))
