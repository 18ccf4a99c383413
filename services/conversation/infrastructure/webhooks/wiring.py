"""Names the adapters of webhooks."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncEngine

from services.conversation.application.webhooks.announce import Announce
from services.conversation.application.webhooks.attempt_delivery import AttemptDelivery
from services.conversation.application.webhooks.delete_webhook import DeleteWebhook
from services.conversation.application.webhooks.enable_webhook import EnableWebhook
from services.conversation.application.webhooks.find_listeners import FindListeners
from services.conversation.application.webhooks.forget_deliveries import ForgetDeliveries
from services.conversation.application.webhooks.list_deliveries import ListDeliveries
from services.conversation.application.webhooks.list_due_deliveries import ListDueDeliveries
from services.conversation.application.webhooks.list_webhooks import ListWebhooks
from services.conversation.application.webhooks.ping_webhook import PingWebhook
from services.conversation.application.webhooks.register_webhook import RegisterWebhook
from services.conversation.application.webhooks.rotate_secret import RotateSecret
from services.conversation.application.webhooks.use_cases import WebhookUseCases
from services.conversation.infrastructure.postgres_runs import PostgresRunReader
from services.conversation.infrastructure.webhooks.lazy_sender import LazyWebhookSender
from services.conversation.infrastructure.webhooks.postgres_reader import PostgresWebhookReader
from services.conversation.infrastructure.webhooks.postgres_unit_of_work import PostgresWebhookUnitOfWork
from services.shared.domain.clock import Clock
from services.shared.infrastructure.secret_cipher import SecretCipher


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Whether webhooks may lead to this machine, and the keys that seal secrets; without keys, ones of the process."""

    loopback: bool = False
    keys: Mapping[str, bytes] = field(default_factory=lambda: {"process": secrets.token_bytes(32)})


def build_webhooks(engine: AsyncEngine, settings: WebhookSettings, clock: Clock) -> WebhookUseCases:
    """Webhooks on PostgreSQL."""
    cipher = SecretCipher(settings.keys)
    reader = PostgresWebhookReader(engine, cipher)

    def unit_of_work() -> PostgresWebhookUnitOfWork:
        return PostgresWebhookUnitOfWork(engine, cipher)

    return WebhookUseCases(
        register=RegisterWebhook(unit_of_work, clock, loopback=settings.loopback),
        list=ListWebhooks(reader),
        delete=DeleteWebhook(unit_of_work),
        rotate_secret=RotateSecret(unit_of_work, clock),
        enable=EnableWebhook(unit_of_work),
        ping=PingWebhook(unit_of_work, clock),
        list_deliveries=ListDeliveries(reader),
        announce=Announce(unit_of_work, reader, PostgresRunReader(engine), clock),
        find_listeners=FindListeners(reader),
        list_due=ListDueDeliveries(reader, clock),
        attempt=AttemptDelivery(unit_of_work, reader, LazyWebhookSender(loopback=settings.loopback), clock),
        forget_deliveries=ForgetDeliveries(unit_of_work, clock),
    )
