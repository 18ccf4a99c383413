"""Feedback in PostgreSQL."""

import dataclasses
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.conversation.domain.feedback.feedback import Feedback, Rating, Reason
from services.conversation.infrastructure.feedback.tables import feedback
from services.shared.domain.ids import MessageId, RunId, UserId

_KEY = ("user_id", "run_id")


class PostgresFeedbackRepository:
    """`FeedbackRepository` on the connection of a unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def put(self, given: Feedback) -> Feedback:
        """Keep it in place of the same person's earlier one on the same answer, whose `created_at` stays."""
        row = dataclasses.asdict(given)
        changed = {name: value for name, value in row.items() if name not in {*_KEY, "created_at"}}
        query = insert(feedback).values(row).on_conflict_do_update(index_elements=_KEY, set_=changed)
        return _feedback((await self._connection.execute(query.returning(feedback))).one())

    async def delete(self, run_id: RunId, user_id: UserId) -> bool:
        """Take the caller's back; whether there was one."""
        query = delete(feedback).where(feedback.c.run_id == run_id, feedback.c.user_id == user_id)
        return (await self._connection.execute(query.returning(feedback.c.run_id))).first() is not None


class PostgresFeedbackReader:
    """`FeedbackReader` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, run_id: RunId, user_id: UserId) -> Feedback | None:
        """The caller's word on an answer; None when there is none."""
        query = select(feedback).where(feedback.c.run_id == run_id, feedback.c.user_id == user_id)
        async with connect(self._engine) as connection:
            row = (await connection.execute(query)).first()
        return _feedback(row) if row is not None else None

    async def page(self, user_id: UserId, before: RunId | None, limit: int) -> list[Feedback]:
        """The caller's, of the newest answers first, below a run's id."""
        query = select(feedback).where(feedback.c.user_id == user_id).order_by(feedback.c.run_id.desc()).limit(limit)
        if before is not None:
            query = query.where(feedback.c.run_id < before)
        async with connect(self._engine) as connection:
            return [_feedback(row) for row in await connection.execute(query)]


def _feedback(row: Row[Any]) -> Feedback:
    return Feedback(
        run_id=RunId(row.run_id),
        user_id=UserId(row.user_id),
        message_id=MessageId(row.message_id) if row.message_id is not None else None,
        rating=Rating(row.rating),
        reason=Reason(row.reason) if row.reason is not None else None,
        comment=row.comment,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
