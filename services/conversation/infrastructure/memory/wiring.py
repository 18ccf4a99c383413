"""Names the adapters of memories."""

from sqlalchemy.ext.asyncio import AsyncEngine

from services.conversation.application.memory.correct_memory import CorrectMemory
from services.conversation.application.memory.forget_memory import ForgetMemory
from services.conversation.application.memory.list_memories import ListMemories
from services.conversation.application.memory.remember import Remember
from services.conversation.application.memory.use_cases import MemoryUseCases
from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.infrastructure.memory.postgres_memories import PostgresMemoryReader
from services.shared.domain.clock import Clock


def build_memory(engine: AsyncEngine, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> MemoryUseCases:
    """Memories on PostgreSQL."""
    return MemoryUseCases(
        remember=Remember(unit_of_work, clock),
        list=ListMemories(PostgresMemoryReader(engine)),
        correct=CorrectMemory(unit_of_work, clock),
        forget=ForgetMemory(unit_of_work),
    )
