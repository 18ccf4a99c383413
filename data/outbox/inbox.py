"""Remembers what each consumer has handled, so that a record delivered again has no second effect."""

from collections.abc import Collection
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect

_PAIRS: Final = (bindparam("consumers", type_=ARRAY(Text)), bindparam("event_ids", type_=ARRAY(Uuid)))
_HANDLED: Final = text(
    "SELECT consumer, event_id FROM inbox"
    " JOIN unnest(:consumers, :event_ids) AS wanted (consumer, event_id) USING (consumer, event_id)"
).bindparams(*_PAIRS)
_NOTE: Final = text(
    "INSERT INTO inbox (consumer, event_id) SELECT * FROM unnest(:consumers, :event_ids) ON CONFLICT DO NOTHING"
).bindparams(*_PAIRS)


class Handling(NamedTuple):
    """One consumer's work on one event."""

    consumer: str
    event_id: UUID


class Inbox(Protocol):
    """The memory of all consumers. A crash between handling and noting repeats what was handled."""

    async def handled(self, asked: Collection[Handling]) -> set[Handling]:
        """Which of these were noted."""
        ...

    async def note(self, handled: Collection[Handling]) -> None:
        """Remember these, durably when it returns."""
        ...


class PostgresInbox:
    """`Inbox` in the table `inbox`: one statement, however many are asked for or noted."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def handled(self, asked: Collection[Handling]) -> set[Handling]:
        """Which of these were noted."""
        if not asked:
            return set()
        async with connect(self._engine) as connection:
            return {Handling(*row) for row in await connection.execute(_HANDLED, _arrays(asked))}

    async def note(self, handled: Collection[Handling]) -> None:
        """Remember these, durably when it returns."""
        if not handled:
            return
        async with self._engine.begin() as connection:
            await connection.execute(_NOTE, _arrays(handled))


def _arrays(pairs: Collection[Handling]) -> dict[str, list[object]]:
    """In one order, whoever asks: two that note the same pairs must not wait for each other."""
    ordered = sorted(pairs)
    return {"consumers": [pair.consumer for pair in ordered], "event_ids": [pair.event_id for pair in ordered]}
