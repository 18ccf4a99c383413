"""The sender, loaded when something is first sent: its HTTP client takes a while to load, and few have webhooks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from importlib import import_module

from services.conversation.domain.webhooks.delivery import Answer
from services.conversation.domain.webhooks.repositories import WebhookSender


class LazyWebhookSender:
    """Implements WebhookSender by the one in `http_sender`."""

    def __init__(self, *, loopback: bool) -> None:
        self._loopback = loopback
        self._sender: WebhookSender | None = None

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send it once. Whatever goes wrong is an answer, not an error."""
        if self._sender is None:
            self._sender = await asyncio.to_thread(self._load)
        return await self._sender.post(url, body, headers)

    def _load(self) -> WebhookSender:
        module = import_module("services.conversation.infrastructure.webhooks.http_sender")
        sender: WebhookSender = module.HttpWebhookSender(loopback=self._loopback)
        return sender
