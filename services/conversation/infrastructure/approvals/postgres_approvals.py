"""Approvals in PostgreSQL."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.conversation.domain.approvals.approval import Approval, ApprovalState, Wish
from services.conversation.infrastructure.approvals.tables import approvals
from services.shared.domain.ids import ApprovalId, RunId, UserId


def _owned(approval_id: ApprovalId, user_id: UserId) -> Select[tuple[object, ...]]:
    return select(approvals).where(approvals.c.id == approval_id, approvals.c.user_id == user_id)


class PostgresApprovalRepository:
    """`ApprovalRepository` on the connection of a unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, approval: Approval) -> Approval:
        """Keep a new approval, or give the one that the same call of the same run already stands for, locked."""
        added = await self._connection.execute(
            insert(approvals).values(**_row(approval)).on_conflict_do_nothing().returning(approvals.c.id)
        )
        if added.first() is not None:
            return approval
        query = select(approvals).where(approvals.c.run_id == approval.run_id, approvals.c.call_id == approval.call_id)
        return _approval((await self._connection.execute(query.with_for_update())).one())

    async def lock(self, approval_id: ApprovalId, user_id: UserId) -> Approval | None:
        """The caller's approval, held against other writers until the unit ends; None when there is none."""
        row = (await self._connection.execute(_owned(approval_id, user_id).with_for_update())).first()
        return _approval(row) if row is not None else None

    async def save(self, approval: Approval) -> None:
        """Keep what became of it."""
        await self._connection.execute(update(approvals).where(approvals.c.id == approval.id).values(**_row(approval)))

    async def expire(self, run_id: RunId, at: datetime) -> None:
        """Let no pending approval of a run be decided any more: the run has ended."""
        pending = approvals.c.run_id == run_id, approvals.c.state == ApprovalState.PENDING
        await self._connection.execute(
            update(approvals).where(*pending).values(state=ApprovalState.EXPIRED, decided_at=at)
        )


class PostgresApprovalReader:
    """`ApprovalReader` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, approval_id: ApprovalId, user_id: UserId) -> Approval | None:
        """The caller's approval; None when there is none."""
        async with connect(self._engine) as connection:
            row = (await connection.execute(_owned(approval_id, user_id))).first()
        return _approval(row) if row is not None else None

    async def of_call(self, run_id: RunId, call_id: str, user_id: UserId) -> Approval | None:
        """The approval that a call of the caller's run asked for; None when there is none."""
        query = select(approvals).where(
            approvals.c.run_id == run_id, approvals.c.call_id == call_id, approvals.c.user_id == user_id
        )
        async with connect(self._engine) as connection:
            row = (await connection.execute(query)).first()
        return _approval(row) if row is not None else None

    async def list_pending(self, user_id: UserId, now: datetime, limit: int) -> list[Approval]:
        """The caller's approvals that can still be decided at `now`, oldest first."""
        query = (
            select(approvals)
            .where(
                approvals.c.user_id == user_id,
                approvals.c.state == ApprovalState.PENDING,
                approvals.c.expires_at > now,
            )
            .order_by(approvals.c.created_at, approvals.c.id)
            .limit(limit)
        )
        async with connect(self._engine) as connection:
            return [_approval(row) for row in await connection.execute(query)]


def _row(approval: Approval) -> dict[str, object]:
    wish = approval.wish
    return {
        "id": approval.id,
        "user_id": approval.user_id,
        "run_id": approval.run_id,
        "call_id": approval.call_id,
        "tool": wish.tool,
        "arguments": dict(wish.arguments),
        "preview": {"summary": wish.summary, "details": [list(pair) for pair in wish.details]},
        "digest": approval.digest,
        "state": approval.state,
        "created_at": approval.created_at,
        "expires_at": approval.expires_at,
        "decided_at": approval.decided_at,
        "used_at": approval.used_at,
    }


def _approval(row: Row[Any]) -> Approval:
    details = tuple((str(label), str(value)) for label, value in row.preview["details"])
    return Approval(
        id=ApprovalId(row.id),
        user_id=UserId(row.user_id),
        run_id=RunId(row.run_id),
        call_id=row.call_id,
        wish=Wish(row.tool, row.arguments, row.preview["summary"], details),
        digest=row.digest,
        created_at=row.created_at,
        expires_at=row.expires_at,
        state=ApprovalState(row.state),
        decided_at=row.decided_at,
        used_at=row.used_at,
    )
