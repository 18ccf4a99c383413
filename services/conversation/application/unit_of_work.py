"""The conversation context's unit of work."""

from collections.abc import Callable
from typing import Protocol

from services.conversation.domain.approvals.repositories import ApprovalRepository
from services.conversation.domain.repositories import ConversationRepository, RunRepository
from services.shared.application.unit_of_work import UnitOfWork


class ConversationUnitOfWork(UnitOfWork, Protocol):
    """One transaction over conversations, runs and approvals."""

    conversations: ConversationRepository
    runs: RunRepository
    approvals: ApprovalRepository


ConversationUnitOfWorkFactory = Callable[[], ConversationUnitOfWork]
