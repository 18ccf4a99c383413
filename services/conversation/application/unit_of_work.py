"""The conversation context's unit of work."""

from collections.abc import Callable
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


ConversationUnitOfWorkFactory = Callable[[], ConversationUnitOfWork]
