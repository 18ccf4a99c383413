"""Keep something about a person for later answers."""

from dataclasses import dataclass

from services.conversation.application.unit_of_work import ConversationUnitOfWorkFactory
from services.conversation.domain.memory.memory import Memory, parse_memory
from services.shared.domain.clock import Clock
from services.shared.domain.ids import MemoryId, UserId, new_uuid


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberRequest:
    """What to keep."""

    user_id: UserId
    text: str


class Remember:
    """Command: one memory per text; the same text again gives the one there is."""

    def __init__(self, unit_of_work: ConversationUnitOfWorkFactory, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, request: RememberRequest) -> Memory:
        """InvalidInputError (empty), TooLargeError (over 300 characters), MemoryFullError (a hundred are kept)."""
        now = self._clock.now()
        memory = Memory(
            id=MemoryId(new_uuid()),
            user_id=request.user_id,
            text=parse_memory(request.text),
            created_at=now,
            updated_at=now,
        )
        async with self._unit_of_work() as unit:
            kept = await unit.memories.add(memory)
            await unit.commit()
        return kept
