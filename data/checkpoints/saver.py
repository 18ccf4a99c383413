"""A LangGraph saver that writes once per step: a whole checkpoint in one encrypted value, committed in groups.

What can be made again at no cost is not stored. A task's ordinary writes are superseded at once by the checkpoint that
follows them, and the checkpoints before a graph's first real step (its input, and step 0) by the first one after it:
both are kept in memory until then. An interrupt or an error makes them durable, together with everything it builds on.
"""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    WRITES_IDX_MAP,
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    PendingWrite,
    get_checkpoint_id,
    get_checkpoint_metadata,
)
from langgraph.checkpoint.serde.base import SerializerProtocol

from data.checkpoints.table import CheckpointTable, StateRow, WriteRow

NEW_THREAD: Final = "__new_thread"
"""Set in a config's `configurable` to say that the thread has no checkpoint yet, so that none is looked for."""

_FIRST_STORED_STEP: Final = 1
_HELD_THREADS: Final = 10_000

Thread = tuple[str, str]
_WriteKey = tuple[str, int]
_Method = TypeVar("_Method", bound=Callable[..., Any])


@dataclass(slots=True)
class _Held:
    """What is known of a thread beyond what is stored: perhaps a checkpoint, and writes after `checkpoint_id`."""

    state: tuple[str, str | None, Checkpoint, CheckpointMetadata] | None = None
    checkpoint_id: str = ""
    writes: dict[_WriteKey, tuple[str, Any]] = field(default_factory=dict)


def _with_signature(method: _Method) -> _Method:
    """The method, with its signature at hand: LangGraph asks for it in every run, and finding it out takes a while."""
    method.__dict__["__signature__"] = inspect.signature(method)
    return method


class PostgresCheckpoints(BaseCheckpointSaver[int]):
    """`BaseCheckpointSaver` for asyncio on PostgreSQL."""

    def __init__(self, table: CheckpointTable, serializer: SerializerProtocol) -> None:
        super().__init__(serde=serializer)
        self._table = table
        self._held: OrderedDict[Thread, _Held] = OrderedDict()

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        """Keep a checkpoint."""
        thread = _thread(config)
        parent_id = config["configurable"].get("checkpoint_id")
        state = checkpoint["id"], parent_id, checkpoint, get_checkpoint_metadata(config, metadata)
        held = self._hold(thread)
        held.writes = {}
        held.state = state
        if metadata.get("step", _FIRST_STORED_STEP) >= _FIRST_STORED_STEP:
            await self._store(thread, held)
        return _config(thread, checkpoint["id"])

    @_with_signature
    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        """Keep what a task wrote after a checkpoint; durably when it holds an interrupt or an error."""
        thread, checkpoint_id = _thread(config), config["configurable"]["checkpoint_id"]
        held = self._hold(thread)
        if held.checkpoint_id != checkpoint_id:
            held.checkpoint_id, held.writes = checkpoint_id, {}
        special = False
        for position, (channel, value) in enumerate(writes):
            index = WRITES_IDX_MAP.get(channel, position)
            special = special or index < 0
            if index < 0 or (task_id, index) not in held.writes:
                held.writes[task_id, index] = channel, value
        if special:
            await self._store(thread, held)
            await self._table.add_writes(self._rows(thread, held))

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        """The checkpoint that the config names, or the thread's newest."""
        thread, wanted = _thread(config), get_checkpoint_id(config)
        held = self._held.get(thread)
        if held is not None and held.state is not None and wanted in {None, held.state[0]}:
            return self._tuple(thread, *held.state, self._pending(held, held.state[0], []))
        if config["configurable"].get(NEW_THREAD):
            return None
        row = await self._table.state(*thread, wanted)
        return await self._loaded(row) if row is not None else None

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002 the name of the interface
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        """A thread's checkpoints, the newest first; `filter` is compared with their metadata."""
        if config is None:
            raise ValueError("Checkpoints are listed by thread.")
        thread, end = _thread(config), get_checkpoint_id(before) if before else None
        found: list[CheckpointTuple] = []
        held = self._held.get(thread)
        if held is not None and held.state is not None and (end is None or held.state[0] < end):
            found.append(self._tuple(thread, *held.state, self._pending(held, held.state[0], [])))
        rows = await self._table.states(*thread, checkpoint_id=get_checkpoint_id(config), before=end, limit=None)
        found += [await self._loaded(row) for row in rows]
        matching = [one for one in found if not filter or filter.items() <= dict(one.metadata).items()]
        for one in matching[:limit]:
            yield one

    async def adelete_thread(self, thread_id: str) -> None:
        """Forget all of a thread."""
        for thread in [thread for thread in self._held if thread[0] == thread_id]:
            del self._held[thread]
        await self._table.delete_thread(thread_id)

    def get_next_version(self, current: int | None, channel: None) -> int:
        """Versions of channels count from 1."""
        return (current or 0) + 1

    def _hold(self, thread: Thread) -> _Held:
        held = self._held.get(thread)
        if held is None:
            held = self._held[thread] = _Held()
            if len(self._held) > _HELD_THREADS:
                self._held.popitem(last=False)
        return held

    async def _store(self, thread: Thread, held: _Held) -> None:
        if held.state is None:
            return
        checkpoint_id, parent_id, checkpoint, metadata = held.state
        kind, content = self.serde.dumps_typed([checkpoint, metadata])
        held.state = None
        if not held.writes:
            self._held.pop(thread, None)
        await self._table.add_state(StateRow(*thread, checkpoint_id, parent_id, kind, content))

    def _rows(self, thread: Thread, held: _Held) -> list[WriteRow]:
        return [
            WriteRow(*thread, held.checkpoint_id, task_id, index, channel, *self.serde.dumps_typed(value))
            for (task_id, index), (channel, value) in held.writes.items()
        ]

    async def _loaded(self, row: StateRow) -> CheckpointTuple:
        thread = row.thread_id, row.ns
        checkpoint, metadata = self.serde.loads_typed((row.kind, row.content))
        stored = await self._table.writes(*thread, row.checkpoint_id)
        pending = self._pending(self._held.get(thread), row.checkpoint_id, stored)
        return self._tuple(thread, row.checkpoint_id, row.parent_id, checkpoint, metadata, pending)

    def _pending(self, held: _Held | None, checkpoint_id: str, stored: list[WriteRow]) -> list[PendingWrite]:
        """Stored and held writes after a checkpoint; a stored one stands against a held one."""
        writes: dict[_WriteKey, tuple[str, Any]] = {}
        if held is not None and held.checkpoint_id == checkpoint_id:
            writes |= held.writes
        for row in stored:
            writes[row.task_id, row.idx] = row.channel, self.serde.loads_typed((row.kind, row.content))
        return [(task_id, channel, value) for (task_id, _), (channel, value) in sorted(writes.items(), key=_by_key)]

    def _tuple(
        self,
        thread: Thread,
        checkpoint_id: str,
        parent_id: str | None,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        pending: list[PendingWrite],
    ) -> CheckpointTuple:
        return CheckpointTuple(
            config=_config(thread, checkpoint_id),
            checkpoint=checkpoint,
            metadata=metadata,
            parent_config=_config(thread, parent_id) if parent_id else None,
            pending_writes=pending,
        )


def _by_key(item: tuple[_WriteKey, object]) -> _WriteKey:
    return item[0]


def _thread(config: RunnableConfig) -> Thread:
    return str(config["configurable"]["thread_id"]), str(config["configurable"].get("checkpoint_ns", ""))


def _config(thread: Thread, checkpoint_id: str) -> RunnableConfig:
    thread_id, ns = thread
    return {"configurable": {"thread_id": thread_id, "checkpoint_ns": ns, "checkpoint_id": checkpoint_id}}
