"""Put a memory right."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.memory.memory import Memory, MemoryNotFoundError
from services.shared.domain.clock import Clock
from services.shared.domain.ids import MemoryId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectMemoryRequest:
    """Which memory, and what it shall say."""

    user_id: UserId
    memory_id: MemoryId
    text: str


class CorrectMemory:
    """Command: the memory has another text."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: CorrectMemoryRequest) -> Memory:
        """MemoryNotFoundError unless it is the caller's; InvalidInputError and TooLargeError for the text."""
        async with self._unit_of_work() as unit:
            memory = await unit.memories.lock(request.memory_id, request.user_id)
            if memory is None:
                raise MemoryNotFoundError
            corrected = memory.corrected(request.text, self._clock.now())
            await unit.memories.save(corrected)
            await unit.commit()
        return corrected
