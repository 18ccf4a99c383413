"""Ports of memories."""

from typing import Protocol

from services.conversation.domain.memory.memory import Memory
from services.shared.domain.ids import MemoryId, UserId


class MemoryRepository(Protocol):
    """Memories inside a unit of work."""

    async def add(self, memory: Memory) -> Memory:
        """Keep a new memory, or give the one of the same person that has the same text.

        MemoryFullError when the person has as many as are kept.
        """
        ...

    async def lock(self, memory_id: MemoryId, user_id: UserId) -> Memory | None:
        """The caller's memory, held against other writers until the unit ends; None when there is none."""
        ...

    async def save(self, memory: Memory) -> None:
        """Keep its text."""
        ...

    async def delete(self, memory: Memory) -> None:
        """Forget it."""
        ...


class MemoryReader(Protocol):
    """Reads of memories."""

    async def all(self, user_id: UserId) -> list[Memory]:
        """The caller's memories, oldest first; there are a hundred at most."""
        ...
