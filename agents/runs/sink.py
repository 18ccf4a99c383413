"""Where a run puts its events, and where the clients of its process find them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from agents.runs.events import FINAL_EVENTS, EventType, frame, frames_after, parse
from agents.runs.log import LogEntry


class RunSink:
    """Where a run puts its events. It never waits: events are numbered and framed when the writer takes them."""

    def __init__(self, run_id: str, wake: Callable[[RunSink], None], entries: Sequence[LogEntry] = ()) -> None:
        self.run_id = run_id
        self.said = _Said.of(entries)
        self._wake = wake
        self._entries = list(entries)
        self._changed = _Bell()
        self._finished = asyncio.Event()
        self._parked = False
        self._is_lost = False
        self._has_spoken = bool(self.said.text)
        self.has_first_words = False
        """Whether the first words of the run wait to be written."""
        self.on_lost: Callable[[], object] = lambda: None
        self.is_ending = bool(entries) and entries[-1].final
        self._last_seq = entries[-1].last_seq if entries else 0
        self._pending: list[tuple[EventType, dict[str, Any]]] = []

    @property
    def is_finished(self) -> bool:
        """Whether the log already ends with a final event."""
        return bool(self._entries) and self._entries[-1].final

    @property
    def entries(self) -> Sequence[LogEntry]:
        """What has been written to the log."""
        return self._entries

    @property
    def last_seq(self) -> int:
        """The number of the last event that is in the log."""
        return self._entries[-1].last_seq if self._entries else 0

    async def park(self) -> None:
        """The run pauses: once all that was said is in the log, followers of this sink are sent on to the log."""
        while not self._is_lost and (self._pending or self.last_seq < self._last_seq):
            await self._changed.next_ring()
        self.leave()

    def leave(self) -> None:
        """Nobody works on the run here any more, though it has not ended: followers are sent on to the log."""
        self._parked = True
        self._changed.ring()

    def lose(self) -> None:
        """Another process has taken the run: what was said here and is not in the log will not be."""
        if not self._is_lost:
            self._is_lost = True
            self._finished.set()
            self.leave()
            self.on_lost()

    async def finished(self) -> None:
        """Wait until the final event is in the log, or is for another process to write."""
        await self._finished.wait()

    def emit(self, event: EventType, data: dict[str, Any]) -> None:
        """Say that something happened."""
        self.is_ending = self.is_ending or event in FINAL_EVENTS
        self._pending.append((event, data))
        self._wake(self)

    def emit_once(self, event: EventType, data: dict[str, Any]) -> None:
        """The same, unless the run said it already, before a crash perhaps."""
        key = event, _key(data)
        if key not in self.said.keys:
            self.said.keys.add(key)
            self.emit(event, data)

    def text(self, delta: str) -> None:
        """Say some text. Text that is said before the writer comes by becomes one event."""
        self.said.add(delta)
        if not self._has_spoken:
            self._has_spoken = self.has_first_words = True
        if self._pending and self._pending[-1][0] is EventType.TEXT_DELTA:
            self._pending[-1][1]["delta"] += delta
            return
        self.emit(EventType.TEXT_DELTA, {"delta": delta})

    def take(self) -> LogEntry | None:
        """What was said since the last time, as one numbered entry."""
        if not self._pending or self._is_lost:
            return None
        pending, self._pending, self.has_first_words = self._pending, [], False
        frames = []
        for event, data in pending:
            self._last_seq += 1
            frames.append(frame(self._last_seq, event, data))
        return LogEntry(self._last_seq, b"".join(frames), pending[-1][0] in FINAL_EVENTS)

    def publish(self, entry: LogEntry) -> None:
        """Let the clients of this process see an entry that is durable now."""
        self._entries.append(entry)
        self._changed.ring()
        if entry.final:
            self._finished.set()

    async def follow(self, after_seq: int) -> AsyncGenerator[bytes, None]:
        """Frames above `after_seq`, those at hand together, up to the final one or to where the run was parked.

        A slow reader holds nobody up: it takes from the list of entries when it comes round again.
        """
        index = sum(entry.last_seq <= after_seq for entry in self._entries)
        while True:
            if fresh := self._entries[index:]:
                index += len(fresh)
                frames = b"".join([entry.frames for entry in fresh])
                if after_seq:
                    frames = frames_after(frames, after_seq)
                    after_seq = after_seq if fresh[-1].last_seq < after_seq else 0
                if frames:
                    yield frames
                if fresh[-1].final:
                    return
            elif self._parked or self.is_finished:
                return
            else:
                await self._changed.next_ring()


class _Bell:
    """Wakes all who wait for its next ring; of asyncio's events each ring would take a new one."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    def next_ring(self) -> asyncio.Future[None]:
        ring = asyncio.get_running_loop().create_future()
        self._waiting.append(ring)
        return ring


@dataclass(slots=True)
class _Said:
    """What the run has said so far, before a crash as well.

    `steps` (by number), `calls` and `results` (by call id) and `citations` are of before.
    """

    steps: dict[int, dict[str, Any]] = field(default_factory=dict)
    calls: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    citations: list[dict[str, Any]] = field(default_factory=list)
    keys: set[tuple[EventType, str]] = field(default_factory=set)
    _text: StringIO = field(default_factory=StringIO)

    @property
    def text(self) -> str:
        return self._text.getvalue()

    def add(self, delta: str) -> None:
        self._text.write(delta)

    @classmethod
    def of(cls, entries: Sequence[LogEntry]) -> _Said:
        said = cls()
        for entry in entries:
            for event in parse(entry.frames):
                said._note(event.type, event.data)
        return said

    def _note(self, event: EventType, data: dict[str, Any]) -> None:
        if event is EventType.TEXT_DELTA:
            self.add(data["delta"])
            return
        self.keys.add((event, _key(data)))
        match event:
            case EventType.STEP if "number" in data:
                self.steps[data["number"]] = data
            case EventType.TOOL_CALL:
                self.calls[data["call_id"]] = data
            case EventType.TOOL_RESULT:
                self.results[data["call_id"]] = data["result"]
            case EventType.CITATION:
                self.citations.append(data)


def _key(data: dict[str, Any]) -> str:
    """What tells events of one type apart within a run: the calls they belong to, and for citations the figure."""
    approvals = "".join(data.get("approvals", ()))
    return f"{data.get('call_id', '')}{data.get('path', '')}{data.get('figure', '')}{data.get('number', '')}{approvals}"
