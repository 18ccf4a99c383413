"""Remembers what each consumer has handled, so that a record delivered again has no second effect."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import inbox


class Inbox:
    """One consumer's memory. Handlers must still be idempotent: a crash between handling and noting repeats one."""

    def __init__(self, engine: AsyncEngine, consumer: str) -> None:
        self._engine = engine
        self._consumer = consumer

    async def once(self, event_id: UUID, handle: Callable[[], Awaitable[None]]) -> bool:
        """Run `handle` unless this event was handled before; says whether it ran."""
        if await self._handled(event_id):
            return False
        await handle()
        async with self._engine.begin() as connection:
            await connection.execute(
                insert(inbox).values(consumer=self._consumer, event_id=event_id).on_conflict_do_nothing()
            )
        return True

    async def _handled(self, event_id: UUID) -> bool:
        query = select(inbox.c.event_id).where(inbox.c.consumer == self._consumer, inbox.c.event_id == event_id)
        async with self._engine.connect() as connection:
            return (await connection.execute(query)).first() is not None
