"""Conversations in PostgreSQL."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ARRAY, Select, Uuid, any_, bindparam, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.conversation.domain.conversation import Conversation, ConversationPosition
from services.conversation.infrastructure.approvals.tables import approvals
from services.conversation.infrastructure.feedback.tables import feedback
from services.conversation.infrastructure.mappers import conversation_row, to_conversation
from services.conversation.infrastructure.tables import conversations, runs
from services.shared.domain.ids import ConversationId, UserId

# Statements of every turn are made once: making one costs as much as running it.
_OPEN: Final = insert(conversations).on_conflict_do_nothing().returning(conversations.c.id)
_IS_OWNED: Final = (
    conversations.c.id == bindparam("wanted_id"),
    conversations.c.user_id == bindparam("owner_id"),
    conversations.c.deleted_at.is_(None),
)
_OWNED: Final[Select[Any]] = select(conversations).where(*_IS_OWNED)
LOCK: Final = _OWNED.with_for_update()
_EXISTING: Final = select(conversations.c.id).where(
    conversations.c.id == any_(bindparam("conversation_ids", type_=ARRAY(Uuid))), conversations.c.deleted_at.is_(None)
)


class PostgresConversationRepository:
    """`ConversationRepository` on the connection of a unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, conversation: Conversation) -> None:
        """Keep a new conversation."""
        await self._connection.execute(insert(conversations).values(conversation_row(conversation)))

    async def open(self, conversation: Conversation) -> bool:
        """Keep a new conversation unless its id is taken; whether it was kept."""
        return (await self._connection.execute(_OPEN, conversation_row(conversation))).first() is not None

    async def lock(self, conversation_id: ConversationId, user_id: UserId) -> Conversation | None:
        """The caller's conversation, its row locked until the unit ends."""
        row = (await self._connection.execute(LOCK, _owned(conversation_id, user_id))).first()
        return to_conversation(row) if row is not None else None

    async def save(self, conversation: Conversation) -> None:
        """Keep its title, the time of its last turn and the head of its branch."""
        await self._connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation.id)
            .values(title=conversation.title, updated_at=conversation.updated_at, head_id=conversation.head_id)
        )

    async def delete(self, conversation: Conversation, at: datetime) -> None:
        """Mark it deleted; erase its title and the texts of its runs."""
        await self._connection.execute(
            update(conversations).where(conversations.c.id == conversation.id).values(title="", deleted_at=at)
        )
        await self._connection.execute(
            update(runs)
            .where(runs.c.user_id == conversation.user_id, runs.c.conversation_id == conversation.id)
            .values(user_message="", answer=None, citations=[], problem=None)
        )
        erased = select(runs.c.id).where(
            runs.c.user_id == conversation.user_id, runs.c.conversation_id == conversation.id
        )
        for table in (approvals, feedback):
            await self._connection.execute(delete(table).where(table.c.run_id.in_(erased)))


class PostgresConversationReader:
    """`ConversationReader` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, conversation_id: ConversationId, user_id: UserId) -> Conversation | None:
        """The caller's conversation; None when there is none."""
        async with connect(self._engine) as connection:
            row = (await connection.execute(_OWNED, _owned(conversation_id, user_id))).first()
        return to_conversation(row) if row is not None else None

    async def page(self, user_id: UserId, after: ConversationPosition | None, limit: int) -> list[Conversation]:
        """The caller's conversations, the last updated first, from just after a position."""
        place = tuple_(conversations.c.updated_at, conversations.c.id)
        query = (
            select(conversations)
            .where(conversations.c.user_id == user_id, conversations.c.deleted_at.is_(None))
            .order_by(conversations.c.updated_at.desc(), conversations.c.id.desc())
            .limit(limit)
        )
        if after is not None:
            query = query.where(place < tuple_(after.updated_at, after.conversation_id))
        async with connect(self._engine) as connection:
            return [to_conversation(row) for row in await connection.execute(query)]

    async def existing(self, conversation_ids: Collection[ConversationId]) -> set[ConversationId]:
        """Which of these are there."""
        async with connect(self._engine) as connection:
            found = await connection.execute(_EXISTING, {"conversation_ids": list(conversation_ids)})
            return {ConversationId(row.id) for row in found}


def _owned(conversation_id: ConversationId, user_id: UserId) -> dict[str, object]:
    return {"wanted_id": conversation_id, "owner_id": user_id}
