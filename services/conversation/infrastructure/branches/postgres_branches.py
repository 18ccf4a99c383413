"""Branches in PostgreSQL: walked from turn to turn, by as many steps as are wanted and no more."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, Integer, Select, and_, bindparam, case, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.conversation.domain.branches.branch import Line, TurnPlace, TurnVersion
from services.conversation.domain.message import Message
from services.conversation.domain.run import RunState
from services.conversation.infrastructure.mappers import to_run
from services.conversation.infrastructure.tables import runs
from services.shared.domain.ids import ConversationId, RunId, UserId

_COMPLETED: Final = (RunState.COMPLETED,)
_SAID: Final = (RunState.COMPLETED, RunState.CANCELLED)


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(case((condition, 1), else_=0), Integer)


def _line(counted: tuple[RunState, ...]) -> CTE:
    """From a turn backwards, until enough turns of the counted states were met; `depth` counts all steps."""
    columns = (runs.c.id, runs.c.parent_id, runs.c.state)
    line = (
        select(*columns, literal(0).label("depth"), _one_if(runs.c.state.in_(counted)).label("met"))
        .where(
            runs.c.id == bindparam("last_id"),
            runs.c.conversation_id == bindparam("in_conversation"),
            runs.c.user_id == bindparam("owner_id"),
        )
        .cte(recursive=True)
    )
    older = runs.alias()
    return line.union_all(
        select(
            older.c.id,
            older.c.parent_id,
            older.c.state,
            line.c.depth + 1,
            line.c.met + _one_if(older.c.state.in_(counted)),
        ).join(line, and_(older.c.id == line.c.parent_id, line.c.met < bindparam("enough", type_=Integer)))
    )


def _walk(last: RunId, conversation_id: ConversationId, user_id: UserId, enough: int) -> dict[str, object]:
    """The values of `_line`."""
    return {"last_id": last, "in_conversation": conversation_id, "owner_id": user_id, "enough": enough}


def _history() -> Select[Any]:
    line = _line(_COMPLETED)
    completed = select(runs).join(line, line.c.id == runs.c.id).where(runs.c.state.in_(_COMPLETED))
    return completed.order_by(line.c.depth.desc())


# Made once: every next turn of a conversation asks it, and making it costs more than running it.
_HISTORY: Final = _history()


class PostgresBranchReader:
    """`BranchReader` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def history(self, last: RunId, conversation_id: ConversationId, user_id: UserId, limit: int) -> list[Message]:
        """The messages of the last `limit` completed turns of the branch that ends with a turn, oldest first."""
        async with connect(self._engine) as connection:
            found = await connection.execute(_HISTORY, _walk(last, conversation_id, user_id, limit))
            turns = [to_run(row).turn() for row in found]
        return [message for turn in turns if turn is not None for message in turn.messages]

    async def line(
        self, last: RunId, conversation_id: ConversationId, user_id: UserId, *, including: bool, limit: int
    ) -> Line:
        """The last `limit` turns of the branch that ends with a turn (or, not including it, just before it)."""
        walked = _line(_SAID)
        query = select(walked).where(walked.c.state.in_(_SAID)).order_by(walked.c.depth)
        if not including:
            query = query.where(walked.c.depth > 0)
        async with connect(self._engine) as connection:
            walk = _walk(last, conversation_id, user_id, limit + 2)
            found = list(await connection.execute(query.limit(limit + 1), walk))
            page = found[:limit]
            versions = await _versions_at(connection, conversation_id, [row.parent_id for row in page])
        turns = tuple(TurnPlace(row.id, row.parent_id, versions[row.parent_id]) for row in reversed(page))
        return Line(turns, turns[0].run_id if len(found) > limit else None)

    async def newest_end(self, run_id: RunId, conversation_id: ConversationId, user_id: UserId) -> RunId | None:
        """The newest turn among a turn and all that follow on it; failed versions do not count."""
        begun = select(runs.c.id).where(_place(run_id, conversation_id, user_id)).cte(recursive=True)
        after = runs.alias()
        failed_version = and_(after.c.state == RunState.FAILED, after.c.replaces_id.is_not(None))
        following = begun.union_all(
            select(after.c.id).join(begun, after.c.parent_id == begun.c.id).where(~failed_version)
        )
        query = select(following.c.id).order_by(following.c.id.desc()).limit(1)
        async with connect(self._engine) as connection:
            found = (await connection.execute(query)).scalar_one_or_none()
        return RunId(found) if found is not None else None

    async def versions(self, run_id: RunId, conversation_id: ConversationId, user_id: UserId) -> list[TurnVersion]:
        """All versions of a turn, oldest first, failed ones too; empty when there is no such turn."""
        one = select(runs.c.parent_id).where(_place(run_id, conversation_id, user_id))
        async with connect(self._engine) as connection:
            place = (await connection.execute(one)).first()
            if place is None:
                return []
            query = select(runs).where(runs.c.conversation_id == conversation_id, _after([place.parent_id]))
            return [_version(row) for row in await connection.execute(query.order_by(runs.c.id))]


def _place(run_id: RunId, conversation_id: ConversationId, user_id: UserId) -> ColumnElement[bool]:
    return and_(runs.c.id == run_id, runs.c.conversation_id == conversation_id, runs.c.user_id == user_id)


def _after(parents: list[RunId | None]) -> ColumnElement[bool]:
    """Turns that follow one of these; None stands for a conversation's beginning."""
    known = [parent for parent in parents if parent is not None]
    beginning = runs.c.parent_id.is_(None) if None in parents else literal(False)
    return or_(runs.c.parent_id.in_(known), beginning)


async def _versions_at(
    connection: AsyncConnection, conversation_id: ConversationId, parents: list[RunId | None]
) -> dict[RunId | None, tuple[RunId, ...]]:
    """The versions of the turns after each of these, without failed ones: in those nothing was said."""
    query = (
        select(runs.c.parent_id, func.array_agg(runs.c.id).label("ids"))
        .where(runs.c.conversation_id == conversation_id, runs.c.state != RunState.FAILED, _after(parents))
        .group_by(runs.c.parent_id)
    )
    found: dict[RunId | None, tuple[RunId, ...]] = defaultdict(tuple)
    if parents:
        found.update({row.parent_id: tuple(map(RunId, sorted(row.ids))) for row in await connection.execute(query)})
    return found


def _version(row: Any) -> TurnVersion:
    return TurnVersion(
        run_id=RunId(row.id),
        parent_id=row.parent_id,
        replaces_id=row.replaces_id,
        question=row.user_message,
        answer=row.answer,
        state=RunState(row.state),
        started_at=row.started_at,
    )
