"""The conversation context's unit of work on PostgreSQL."""

from typing import Self

from services.conversation.domain.approvals.repositories import ApprovalRepository
from services.conversation.domain.feedback.repositories import FeedbackRepository
from services.conversation.domain.memory.repositories import MemoryRepository
from services.conversation.domain.repositories import ConversationRepository, RunRepository
from services.conversation.infrastructure.approvals.postgres_approvals import PostgresApprovalRepository
from services.conversation.infrastructure.feedback.postgres_feedback import PostgresFeedbackRepository
from services.conversation.infrastructure.memory.postgres_memories import PostgresMemoryRepository
from services.conversation.infrastructure.postgres_conversations import PostgresConversationRepository
from services.conversation.infrastructure.postgres_runs import PostgresRunRepository
from services.shared.infrastructure.postgres_unit_of_work import PostgresUnitOfWork


class PostgresConversationUnitOfWork(PostgresUnitOfWork):
    """One transaction over conversations, runs, approvals, memories and feedback."""

    conversations: ConversationRepository
    runs: RunRepository
    approvals: ApprovalRepository
    memories: MemoryRepository
    feedback: FeedbackRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.conversations = PostgresConversationRepository(self.connection)
        self.runs = PostgresRunRepository(self.connection)
        self.approvals = PostgresApprovalRepository(self.connection)
        self.memories = PostgresMemoryRepository(self.connection)
        self.feedback = PostgresFeedbackRepository(self.connection)
        return self
