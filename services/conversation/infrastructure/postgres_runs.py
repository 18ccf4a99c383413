"""Runs in PostgreSQL."""

import dataclasses
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ARRAY, Select, Uuid, all_, bindparam, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.conversation.domain.approvals.approval import ApprovalState
from services.conversation.domain.errors import ConversationBusyError, IdempotencyKeyReusedError
from services.conversation.domain.run import UNFINISHED, AcceptedRun, Run, RunStart, RunState, Spent
from services.conversation.infrastructure.approvals.tables import approvals
from services.conversation.infrastructure.mappers import accepted_row, to_run
from services.conversation.infrastructure.tables import runs
from services.shared.domain.events import Json
from services.shared.domain.ids import ConversationId, RunId, UserId

# Made once: making a statement costs as much as running it.
_ACCEPT: Final = insert(runs).on_conflict_do_nothing().returning(runs.c.id)
_OWNED: Final[Select[Any]] = select(runs).where(runs.c.user_id == bindparam("owner_id"))
_ONE: Final = _OWNED.where(runs.c.id == bindparam("wanted_run"))
_BY_KEY: Final = _OWNED.where(runs.c.idempotency_key == bindparam("wanted_key"))
_ACTIVE: Final = _OWNED.where(runs.c.conversation_id == bindparam("wanted_id"), runs.c.state.in_(UNFINISHED))
# Every process asks for these all the time; the ids of all that it works on are one value.
_UNFINISHED: Final = (
    select(runs)
    .where(
        runs.c.state.in_((RunState.ACCEPTED, RunState.RUNNING)),
        runs.c.started_at < bindparam("before"),
        runs.c.id != all_(bindparam("known", type_=ARRAY(Uuid()))),
    )
    .order_by(runs.c.started_at, runs.c.id)
    .limit(bindparam("most"))
)
_UNDECIDED: Final = exists().where(
    approvals.c.run_id == runs.c.id,
    approvals.c.state == ApprovalState.PENDING,
    approvals.c.expires_at > bindparam("now"),
)
_READY: Final = select(runs).where(runs.c.state == RunState.WAITING, ~_UNDECIDED).order_by(runs.c.started_at, runs.c.id)


class PostgresRunRepository:
    """`RunRepository` on the connection of a unit of work."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def accept(self, run: Run) -> AcceptedRun:
        """Keep a new run, or give the one that the same user's same key already stands for."""
        added = await self._connection.execute(_ACCEPT, accepted_row(run))
        if added.first() is not None:
            return AcceptedRun(run, replayed=False)
        earlier = await self._by_key(run.user_id, run.idempotency_key)
        if earlier is None:
            raise ConversationBusyError
        if earlier.request_sha256 != run.request_sha256:
            raise IdempotencyKeyReusedError
        return AcceptedRun(earlier, replayed=True)

    async def get(self, run_id: RunId, user_id: UserId) -> Run | None:
        """The caller's run; None when there is none."""
        row = (await self._connection.execute(_ONE, {"owner_id": user_id, "wanted_run": run_id})).first()
        return to_run(row) if row is not None else None

    async def start(self, run_id: RunId, start: RunStart, at: datetime) -> bool:
        """Mark an unfinished run as running; False when it has already ended."""
        return await self._change_unfinished(
            run_id,
            None,
            state=RunState.RUNNING,
            model=start.model,
            prompt_id=start.prompt_id,
            prompt_version=start.prompt_version,
            prompt_hash=start.prompt_hash,
            owner=start.owner,
            heartbeat_at=at,
        )

    async def wait(self, run_id: RunId, *, owner: str | None = None) -> bool:
        """Mark a running run as waiting for its owner; False when it has already ended."""
        return await self._change_unfinished(run_id, owner, state=RunState.WAITING)

    async def fail(
        self, run_id: RunId, problem: dict[str, Json], spent: Spent, at: datetime, *, owner: str | None = None
    ) -> bool:
        """Close an unfinished run as failed; False when it has already ended."""
        return await self._change_unfinished(
            run_id, owner, state=RunState.FAILED, problem=problem, finished_at=at, **_columns(spent)
        )

    async def cancel(self, run_id: RunId, answer: str, spent: Spent, at: datetime) -> bool:
        """Close an unfinished run as cancelled; False when it has already ended."""
        return await self._change_unfinished(
            run_id, None, state=RunState.CANCELLED, answer=answer, finished_at=at, **_columns(spent)
        )

    async def count_versions(self, run: Run) -> int:
        """How many turns of its conversation follow on the turn that this one follows on, itself included."""
        after = runs.c.parent_id.is_(None) if run.parent_id is None else runs.c.parent_id == run.parent_id
        query = select(func.count()).where(runs.c.conversation_id == run.conversation_id, after)
        return int((await self._connection.execute(query)).scalar_one())

    async def has_unfinished(self, conversation_id: ConversationId) -> bool:
        """Whether a question is still being answered there."""
        unfinished = exists().where(runs.c.conversation_id == conversation_id, runs.c.state.in_(UNFINISHED))
        return bool((await self._connection.execute(select(unfinished))).scalar_one())

    async def _by_key(self, user_id: UserId, key: str | None) -> Run | None:
        if key is None:
            return None
        row = (await self._connection.execute(_BY_KEY, {"owner_id": user_id, "wanted_key": key})).first()
        return to_run(row) if row is not None else None

    async def _change_unfinished(self, run_id: RunId, working: str | None, **values: object) -> bool:
        change = update(runs).where(runs.c.id == run_id, runs.c.state.in_(UNFINISHED))
        if working is not None:
            change = change.where(runs.c.owner == working)
        changed = await self._connection.execute(change.values(**values).returning(runs.c.id))
        return changed.first() is not None


def _columns(spent: Spent) -> dict[str, object]:
    """What it took; the model that the run started with stands as long as none was asked."""
    columns = dataclasses.asdict(spent)
    return columns if spent.model is not None else {key: value for key, value in columns.items() if key != "model"}


class PostgresRunReader:
    """`RunReader` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, run_id: RunId, user_id: UserId) -> Run | None:
        """The caller's run; None when there is none."""
        async with connect(self._engine) as connection:
            row = (await connection.execute(_ONE, {"owner_id": user_id, "wanted_run": run_id})).first()
        return to_run(row) if row is not None else None

    async def active(self, conversation_id: ConversationId, user_id: UserId) -> Run | None:
        """The run of the caller's conversation that has not ended; there is one at most."""
        async with connect(self._engine) as connection:
            row = (await connection.execute(_ACTIVE, {"owner_id": user_id, "wanted_id": conversation_id})).first()
        return to_run(row) if row is not None else None

    async def page(
        self, user_id: UserId, *, conversation_id: ConversationId | None, before: RunId | None, limit: int
    ) -> list[Run]:
        """The caller's runs, the newest first, of one conversation or all, below an id."""
        query = select(runs).where(runs.c.user_id == user_id).order_by(runs.c.id.desc()).limit(limit)
        if conversation_id is not None:
            query = query.where(runs.c.conversation_id == conversation_id)
        if before is not None:
            query = query.where(runs.c.id < before)
        async with connect(self._engine) as connection:
            return [to_run(row) for row in await connection.execute(query)]

    async def list_unfinished(self, *, before: datetime, known: Collection[RunId], limit: int) -> list[Run]:
        """Every user's accepted and running runs that began before a moment, without the known ones, oldest first."""
        values = {"before": before, "known": list(known), "most": limit}
        async with connect(self._engine) as connection:
            return [to_run(row) for row in await connection.execute(_UNFINISHED, values)]

    async def list_ready(self, now: datetime) -> list[Run]:
        """Every user's waiting runs whose approvals are all decided or have expired at `now`, oldest first."""
        async with connect(self._engine) as connection:
            return [to_run(row) for row in await connection.execute(_READY, {"now": now})]

    async def by_key(self, key: str, user_id: UserId) -> Run | None:
        """The run that the caller's idempotency key stands for; None when there is none."""
        async with connect(self._engine) as connection:
            row = (await connection.execute(_BY_KEY, {"owner_id": user_id, "wanted_key": key})).first()
        return to_run(row) if row is not None else None
