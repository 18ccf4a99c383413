"""The conversation context's unit of work."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from services.conversation.domain.approvals.repositories import ApprovalRepository
from services.conversation.domain.feedback.repositories import FeedbackRepository
from services.conversation.domain.memory.repositories import MemoryRepository
from services.conversation.domain.repositories import ConversationRepository, RunRepository
from services.shared.application.unit_of_work import UnitOfWork


class ConversationUnitOfWork(UnitOfWork, Protocol):
    """One transaction over conversations, runs, approvals, memories and feedback."""

    conversations: ConversationRepository
    runs: RunRepository
    approvals: ApprovalRepository
    memories: MemoryRepository
    feedback: FeedbackRepository

    def after_commit(self, follow: Callable[[], Awaitable[None]]) -> None:
        """Have something done once the changes are durable, which may be after a transaction around this one.

        It is lost when the process dies between the two.
        """
        ...


ConversationUnitOfWorkFactory = Callable[[], ConversationUnitOfWork]
