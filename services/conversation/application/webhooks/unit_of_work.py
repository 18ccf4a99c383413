"""The unit of work of webhooks."""

from collections.abc import Callable
from typing import Protocol

from services.conversation.domain.webhooks.repositories import DeliveryRepository, WebhookRepository
from services.shared.application.unit_of_work import UnitOfWork


class WebhookUnitOfWork(UnitOfWork, Protocol):
    """One transaction over webhooks and deliveries."""

    webhooks: WebhookRepository
    deliveries: DeliveryRepository


WebhookUnitOfWorkFactory = Callable[[], WebhookUnitOfWork]
