"""The unit of work of webhooks on PostgreSQL."""

from typing import Self

from sqlalchemy.ext.asyncio import AsyncEngine

from services.conversation.domain.webhooks.repositories import DeliveryRepository, WebhookRepository
from services.conversation.infrastructure.webhooks.postgres_deliveries import PostgresDeliveryRepository
from services.conversation.infrastructure.webhooks.postgres_webhooks import PostgresWebhookRepository
from services.shared.infrastructure.postgres_unit_of_work import PostgresUnitOfWork
from services.shared.infrastructure.secret_cipher import SecretCipher


class PostgresWebhookUnitOfWork(PostgresUnitOfWork):
    """One transaction over webhooks and deliveries."""

    webhooks: WebhookRepository
    deliveries: DeliveryRepository

    def __init__(self, engine: AsyncEngine, cipher: SecretCipher) -> None:
        super().__init__(engine)
        self._cipher = cipher

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.webhooks = PostgresWebhookRepository(self.connection, self._cipher)
        self.deliveries = PostgresDeliveryRepository(self.connection)
        return self
