"""The conversation context's unit of work on PostgreSQL."""

from typing import Self

from services.conversation.domain.repositories import ConversationRepository, RunRepository
from services.conversation.infrastructure.postgres_conversations import PostgresConversationRepository
from services.conversation.infrastructure.postgres_runs import PostgresRunRepository
from services.shared.infrastructure.postgres_unit_of_work import PostgresUnitOfWork


class PostgresConversationUnitOfWork(PostgresUnitOfWork):
    """One transaction over conversations and runs."""

    conversations: ConversationRepository
    runs: RunRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.conversations = PostgresConversationRepository(self.connection)
        self.runs = PostgresRunRepository(self.connection)
        return self
