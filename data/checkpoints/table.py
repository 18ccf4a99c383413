"""The tables of checkpoints, through asyncpg."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import asyncpg

from data.group_commit import GroupCommit
from data.postgres import OUTAGES

SCHEMA: Final = "checkpoints"
KEEP_DAYS: Final = 2
_RETRY_S: Final = 10.0
_LOST: Final[tuple[type[Exception], ...]] = (OSError, *OUTAGES)
DDL: Final = """
CREATE SCHEMA IF NOT EXISTS checkpoints;
CREATE TABLE IF NOT EXISTS checkpoints.states (
    thread_id text NOT NULL, ns text NOT NULL, checkpoint_id text NOT NULL, parent_id text,
    kind text NOT NULL, content bytea NOT NULL, stored_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (thread_id, ns, checkpoint_id)
);
CREATE TABLE IF NOT EXISTS checkpoints.writes (
    thread_id text NOT NULL, ns text NOT NULL, checkpoint_id text NOT NULL, task_id text NOT NULL, idx int NOT NULL,
    channel text NOT NULL, kind text NOT NULL, content bytea NOT NULL, stored_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (thread_id, ns, checkpoint_id, task_id, idx)
);
CREATE INDEX IF NOT EXISTS ix_states_stored_at ON checkpoints.states (stored_at);
CREATE INDEX IF NOT EXISTS ix_writes_stored_at ON checkpoints.writes (stored_at);
"""
_ADD_STATES: Final = """
INSERT INTO checkpoints.states (thread_id, ns, checkpoint_id, parent_id, kind, content)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[])
ON CONFLICT (thread_id, ns, checkpoint_id) DO UPDATE SET kind = excluded.kind, content = excluded.content
"""
# A special write (a negative index: an interrupt, an error) replaces the one before; a task's other writes stand.
_ADD_WRITES: Final = """
INSERT INTO checkpoints.writes AS w (thread_id, ns, checkpoint_id, task_id, idx, channel, kind, content)
SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::bytea[])
ON CONFLICT (thread_id, ns, checkpoint_id, task_id, idx)
DO UPDATE SET channel = excluded.channel, kind = excluded.kind, content = excluded.content WHERE w.idx < 0
"""


class StateRow(NamedTuple):
    """A checkpoint."""

    thread_id: str
    ns: str
    checkpoint_id: str
    parent_id: str | None
    kind: str
    content: bytes


class WriteRow(NamedTuple):
    """A value that a task wrote after a checkpoint."""

    thread_id: str
    ns: str
    checkpoint_id: str
    task_id: str
    idx: int
    channel: str
    kind: str
    content: bytes


class CheckpointTable:
    """Adds rows by group commit and reads them. A lost connection is waited out for ten seconds."""

    def __init__(self, pool: asyncpg.Pool[Any]) -> None:
        self._pool = pool
        self._states = GroupCommit(self._add_states)

    async def close(self) -> None:
        """Wait until everything is stored."""
        await self._states.close()

    async def add_state(self, row: StateRow) -> None:
        """Store a checkpoint, together with those of other threads."""
        await self._states.add(row)

    async def add_writes(self, rows: Sequence[WriteRow]) -> None:
        """Store pending writes."""
        await self._execute(_ADD_WRITES, *(list(column) for column in zip(*rows, strict=True)))

    async def state(self, thread_id: str, ns: str, checkpoint_id: str | None) -> StateRow | None:
        """A checkpoint by its id, or a thread's newest (ids grow with time)."""
        found = await self.states(thread_id, ns, checkpoint_id=checkpoint_id, limit=1)
        return found[0] if found else None

    async def states(
        self, thread_id: str, ns: str, *, checkpoint_id: str | None = None, before: str | None = None, limit: int | None
    ) -> list[StateRow]:
        """Checkpoints of a thread, the newest first."""
        query = """SELECT thread_id, ns, checkpoint_id, parent_id, kind, content FROM checkpoints.states
            WHERE thread_id = $1 AND ns = $2 AND ($3::text IS NULL OR checkpoint_id = $3)
            AND ($4::text IS NULL OR checkpoint_id < $4) ORDER BY checkpoint_id DESC LIMIT $5"""
        return [StateRow(*row) for row in await self._fetch(query, thread_id, ns, checkpoint_id, before, limit)]

    async def writes(self, thread_id: str, ns: str, checkpoint_id: str) -> list[WriteRow]:
        """The writes after a checkpoint, by task and index."""
        query = """SELECT thread_id, ns, checkpoint_id, task_id, idx, channel, kind, content FROM checkpoints.writes
            WHERE thread_id = $1 AND ns = $2 AND checkpoint_id = $3 ORDER BY task_id, idx"""
        return [WriteRow(*row) for row in await self._fetch(query, thread_id, ns, checkpoint_id)]

    async def delete_thread(self, thread_id: str) -> None:
        """Delete all of a thread."""
        for table in ("states", "writes"):
            await self._execute(f"DELETE FROM checkpoints.{table} WHERE thread_id = $1", thread_id)  # noqa: S608 a constant

    async def delete_old(self) -> None:
        """Delete what was stored more than two days ago: no run lives that long."""
        for table in ("states", "writes"):
            await self._execute(
                f"DELETE FROM checkpoints.{table} WHERE stored_at < now() - make_interval(days => $1)",  # noqa: S608
                KEEP_DAYS,
            )

    async def _add_states(self, rows: Sequence[StateRow]) -> None:
        newest = {row[:3]: row for row in rows}
        await self._execute(_ADD_STATES, *(list(column) for column in zip(*newest.values(), strict=True)))

    async def _execute(self, query: str, *values: object) -> None:
        await self._retrying("execute", query, values)

    async def _fetch(self, query: str, *values: object) -> list[Any]:
        return list(await self._retrying("fetch", query, values))

    async def _retrying(self, method: str, query: str, values: Sequence[object]) -> Any:
        """Every statement here may be repeated: rows are inserted by key."""
        loop = asyncio.get_running_loop()
        deadline, pause_s = loop.time() + _RETRY_S, 0.02
        while True:
            try:
                return await getattr(self._pool, method)(query, *values)
            except _LOST:
                if loop.time() + pause_s > deadline:
                    raise
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, 0.5)
