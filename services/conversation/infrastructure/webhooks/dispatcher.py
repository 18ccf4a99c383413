"""Sends what is due, one process for all of them."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from data.leadership import Duty, Leadership, lead
from services.conversation.application.webhooks.use_cases import WebhookUseCases
from services.conversation.domain.webhooks.delivery import Delivery
from services.conversation.domain.webhooks.webhook import WebhookId
from services.conversation.infrastructure.webhooks.postgres_deliveries import WAKE_CHANNEL
from services.shared.application.tasks import end

log = structlog.get_logger(__name__)

_DUTY: Final = Duty(lock=0x7765_6268_6F6F, channel=WAKE_CHANNEL)
_AT_ONCE: Final = 32
_LOOK_EVERY_S: Final = 2.0
_RECOVER_S: Final = 1.0


class WebhookDispatcher:
    """One delivery of a webhook at a time, many webhooks side by side: a receiver that hangs delays its own only.

    What is being sent is known to this process alone, and due until its outcome is kept. So what a killed process was
    sending is sent again by the next one, at once.
    """

    def __init__(self, engine: AsyncEngine, webhooks: WebhookUseCases) -> None:
        self._engine = engine
        self._webhooks = webhooks
        self._sending: dict[WebhookId, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Work until cancelled. A lost database is waited for, not died of."""
        while True:
            try:
                async with lead(self._engine, _DUTY) as leadership:
                    await self._send_while_leading(leadership)
            except Exception:
                log.exception("webhooks.dispatch_interrupted")
            await asyncio.sleep(_RECOVER_S)

    async def _send_while_leading(self, leadership: Leadership) -> None:
        try:
            while not leadership.is_lost:
                leadership.nothing_seen()
                await self._start_due(leadership)
                await leadership.wait(_LOOK_EVERY_S)
        finally:
            await end(list(self._sending.values()))
            self._sending.clear()

    async def _start_due(self, leadership: Leadership) -> None:
        room = _AT_ONCE - len(self._sending)
        if room <= 0:
            return
        for delivery in await self._webhooks.list_due(without=list(self._sending), limit=room):
            self._sending[delivery.webhook_id] = asyncio.create_task(self._send(delivery, leadership))

    async def _send(self, delivery: Delivery, leadership: Leadership) -> None:
        try:
            await self._webhooks.attempt(delivery)
        except Exception:
            # Its outcome was not kept, so it stays due: it is looked for again in a while.
            log.exception("webhooks.attempt_lost", delivery_id=str(delivery.id))
        else:
            leadership.look_again()
        finally:
            del self._sending[delivery.webhook_id]
