"""What is remembered of a person."""

from dataclasses import dataclass

from services.conversation.domain.memory.memory import Memory
from services.conversation.domain.memory.repositories import MemoryReader
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMemoriesRequest:
    """Whose."""

    user_id: UserId


class ListMemories:
    """Query: all of the caller's memories, oldest first, a hundred at most."""

    def __init__(self, memories: MemoryReader) -> None:
        self._memories = memories

    async def __call__(self, request: ListMemoriesRequest) -> list[Memory]:
        """Empty when nothing is remembered."""
        return await self._memories.all(request.user_id)
