"""The conversation context's unit of work."""

from collections.abc import Callable
from typing import Protocol

from services.conversation.domain.repositories import ConversationRepository, RunRepository
from services.shared.application.unit_of_work import UnitOfWork


class ConversationUnitOfWork(UnitOfWork, Protocol):
    """One transaction over conversations and runs."""

    conversations: ConversationRepository
    runs: RunRepository


ConversationUnitOfWorkFactory = Callable[[], ConversationUnitOfWork]
