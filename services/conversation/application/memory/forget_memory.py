"""Forget something about a person."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.memory.memory import MemoryNotFoundError
from services.shared.domain.ids import MemoryId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMemoryRequest:
    """Which memory."""

    user_id: UserId
    memory_id: MemoryId


class ForgetMemory:
    """Command: the memory is erased."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, request: ForgetMemoryRequest) -> None:
        """MemoryNotFoundError unless it is the caller's."""
        async with self._unit_of_work() as unit:
            memory = await unit.memories.lock(request.memory_id, request.user_id)
            if memory is None:
                raise MemoryNotFoundError
            await unit.memories.delete(memory)
            await unit.commit()
