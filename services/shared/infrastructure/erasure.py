"""Erasing a person: what every context does when an account is erased, each for what it keeps itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from sqlalchemy import Table, delete, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import UserId
from services.shared.infrastructure.metadata import metadata
from services.shared.infrastructure.tables import effects

USER_ERASED: Final = "UserErased"
OF_A_PERSON: Final = [effects]
_ROWS_AT_ONCE: Final = 5000


class ErasureConsumer:
    """Consumer that erases a person. `erase` is idempotent: a record may come again, and comes twice by design."""

    topics: Final = frozenset({"user"})
    names: Final = frozenset({USER_ERASED})

    def __init__(self, context: str, erase: Callable[[UserId], Awaitable[None]]) -> None:
        self.consumer: Final = f"{context}.erasure"
        self._erase = erase

    async def handle(self, record: EventRecord) -> None:
        """Erase."""
        await self._erase(UserId(record.user_id))


async def delete_rows(engine: AsyncEngine, user_id: UserId, tables: Sequence[Table]) -> None:
    """Delete the person's rows of these tables, those that refer to others first, in transactions of bounded size."""
    for table in reversed(metadata.sorted_tables):
        if table in tables:
            await _delete_of(engine, table, user_id)


async def _delete_of(engine: AsyncEngine, table: Table, user_id: UserId) -> None:
    key = tuple_(*table.primary_key.columns)
    some = select(*table.primary_key.columns).where(table.c.user_id == user_id).limit(_ROWS_AT_ONCE)
    while True:
        async with engine.begin() as connection:
            if (await connection.execute(delete(table).where(key.in_(some)))).rowcount < _ROWS_AT_ONCE:
                return


def build_shared_erasure(engine: AsyncEngine) -> ErasureConsumer:
    """The consumer for what belongs to no context: kept results, and events that were delivered or given up."""

    async def erase(user_id: UserId) -> None:
        await delete_rows(engine, user_id, OF_A_PERSON)
        is_over = or_(outbox.c.delivered_at.is_not(None), outbox.c.parked_at.is_not(None))
        told = delete(outbox).where(outbox.c.key == str(user_id), outbox.c.name != USER_ERASED, is_over)
        async with engine.begin() as connection:
            await connection.execute(told)

    return ErasureConsumer("shared", erase)
