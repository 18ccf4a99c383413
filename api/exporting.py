"""Everything that is kept of a person, as one JSON document in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

import orjson
from sqlalchemy import text

from api.stores import Stores
from services.conversation.infrastructure import export as conversation
from services.conversation.infrastructure.mongo_chat_log import MongoChatLog
from services.financial.infrastructure import export as financial
from services.goals.infrastructure import export as goals
from services.knowledge_graph.infrastructure import export as graph
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.infrastructure.export import Exported, exported_rows
from services.user.infrastructure import export as user

EXPORTED: Final[Sequence[Exported]] = [
    *user.EXPORTED,
    *financial.EXPORTED,
    *goals.EXPORTED,
    *graph.EXPORTED,
    *conversation.EXPORTED,
]
CHAT_LOG: Final = "messages"

# Each holds a connection for as long as its reader takes; one who stops reading loses it.
_AT_ONCE: Final = 3
_STALLS_AT_MOST: Final = text("SET LOCAL idle_in_transaction_session_timeout = '60s'")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of the document, in which so many entries of one list are."""

    data: bytes
    name: str = ""
    entries: int = 0


class ExportPerson:
    """Query: all that every context keeps of a person, but for secrets, and what is made or counted from the rest.

    What PostgreSQL has is as it was at one moment. Memory is bounded by a batch of rows.
    """

    def __init__(self, stores: Stores, clock: Clock) -> None:
        self._engine = stores.postgres
        self._chat_log = MongoChatLog(stores.mongo)
        self._clock = clock
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, user_id: UserId) -> AsyncIterator[Piece]:
        """The document, a list for each table, an entry a line."""
        yield Piece(orjson.dumps({"exported_at": self._clock.now()})[:-1])
        async with self._turns:
            async for piece in self._lists(user_id):
                yield piece
        yield Piece(b"\n}\n")

    async def _lists(self, user_id: UserId) -> AsyncIterator[Piece]:
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        async with self._engine.execution_options(**options).connect() as connection:
            await connection.execute(_STALLS_AT_MOST)
            for exported in EXPORTED:
                rows = exported_rows(connection, exported, user_id)
                async for piece in _list(exported.table.name, rows):
                    yield piece
        async for piece in _list(CHAT_LOG, self._said(user_id)):
            yield piece

    async def _said(self, user_id: UserId) -> AsyncIterator[Sequence[str]]:
        async for batch in self._chat_log.all_turns(user_id):
            yield [orjson.dumps(turn).decode() for turn in batch]


async def _list(name: str, batches: AsyncIterator[Sequence[str]]) -> AsyncIterator[Piece]:
    yield Piece(f',\n"{name}": ['.encode())
    separator = "\n"
    async for batch in batches:
        yield Piece((separator + ",\n".join(batch)).encode(), name, len(batch))
        separator = ",\n"
    yield Piece(b"\n]")
