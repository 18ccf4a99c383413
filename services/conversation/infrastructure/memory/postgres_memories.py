"""Memories in PostgreSQL."""

from typing import Final

from sqlalchemy import RowMapping, bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.statements import Statement
from services.conversation.domain.memory.memory import MAX_MEMORIES, Memory, MemoryFullError
from services.conversation.infrastructure.memory.tables import memories
from services.shared.domain.ids import MemoryId, UserId

_ALL: Final = Statement(
    select(memories).where(memories.c.user_id == bindparam("owner_id")).order_by(memories.c.created_at, memories.c.id)
)


class PostgresMemoryRepository:
    """`MemoryRepository` on the connection of a unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, memory: Memory) -> Memory:
        """Keep a new memory, or give the one that has the same text; MemoryFullError at a hundred."""
        # One writer per person at a time, so that the bound holds.
        lock = func.pg_advisory_xact_lock(func.hashtextextended(f"memory {memory.user_id}", 0))
        await self._connection.execute(select(lock))
        same = select(memories).where(memories.c.user_id == memory.user_id, memories.c.text == memory.text)
        if (row := (await self._connection.execute(same)).mappings().first()) is not None:
            return _memory(row)
        count = select(func.count()).select_from(memories).where(memories.c.user_id == memory.user_id)
        if (await self._connection.execute(count)).scalar_one() >= MAX_MEMORIES:
            raise MemoryFullError
        await self._connection.execute(insert(memories).values(**_row(memory)))
        return memory

    async def lock(self, memory_id: MemoryId, user_id: UserId) -> Memory | None:
        """The caller's memory, held against other writers until the unit ends; None when there is none."""
        query = select(memories).where(memories.c.id == memory_id, memories.c.user_id == user_id).with_for_update()
        row = (await self._connection.execute(query)).mappings().first()
        return _memory(row) if row is not None else None

    async def save(self, memory: Memory) -> None:
        """Keep its text; another memory with the same text gives way to it."""
        same = delete(memories).where(
            memories.c.user_id == memory.user_id, memories.c.text == memory.text, memories.c.id != memory.id
        )
        await self._connection.execute(same)
        await self._connection.execute(update(memories).where(memories.c.id == memory.id).values(**_row(memory)))

    async def delete(self, memory: Memory) -> None:
        """Forget it."""
        await self._connection.execute(delete(memories).where(memories.c.id == memory.id))


class PostgresMemoryReader:
    """`MemoryReader` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def all(self, user_id: UserId) -> list[Memory]:
        """The caller's memories, oldest first."""
        return [_memory(row) for row in await _ALL.rows(self._engine, {"owner_id": user_id})]


def _row(memory: Memory) -> dict[str, object]:
    return {
        "id": memory.id,
        "user_id": memory.user_id,
        "text": memory.text,
        "created_at": memory.created_at,
        "updated_at": memory.updated_at,
    }


def _memory(row: RowMapping) -> Memory:
    return Memory(
        id=MemoryId(row["id"]),
        user_id=UserId(row["user_id"]),
        text=row["text"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )
