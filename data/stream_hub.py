"""Watching many Redis streams over one connection."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

# A stream that begins to be watched while a read blocks is in the next one.
_BLOCK_MS = 100
_PAUSE_S = 0.5


@dataclass(eq=False, slots=True)
class Watcher:
    """`changed` is set whenever the stream may have grown, which the watcher clears before it reads.

    `is_over` says that it will not grow any more.
    """

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False


class StreamHub:
    """Tells watchers that their stream has grown: one blocking XREAD for all, while there is any.

    A read of its own for each would take a connection each, and a pool that is empty stops everything else.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._watchers: dict[str, set[Watcher]] = {}
        self._seen: dict[str, int] = {}
        self._reading: asyncio.Task[None] | None = None

    @contextmanager
    def watching(self, name: str, last: int) -> Iterator[Watcher]:
        """A watcher that is told whenever the stream may have grown beyond `last`."""
        watcher = Watcher()
        self._watchers.setdefault(name, set()).add(watcher)
        self._seen.setdefault(name, last)
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
        try:
            yield watcher
        finally:
            self._watchers[name].discard(watcher)
            if not self._watchers[name]:
                del self._watchers[name]
                self._seen.pop(name, None)
            if not self._watchers and self._reading is not None:
                self._reading.cancel()
                self._reading = None

    def advance(self, name: str, last: int) -> None:
        """A watcher has read up to here, so the others may as well; it need not be told of that again."""
        if last > self._seen.get(name, last):
            self._seen[name] = last
            self._wake(name)

    def end(self, name: str) -> None:
        """Tell the watchers of a stream that it is over, also where it no longer holds what they have read."""
        for watcher in self._watchers.get(name, ()):
            watcher.is_over = True
        self._wake(name)

    def _wake(self, name: str) -> None:
        for watcher in self._watchers.get(name, ()):
            watcher.changed.set()

    async def _read(self) -> None:
        # The client may swallow a cancellation while it reconnects: the condition ends the task all the same.
        while self._watchers:
            try:
                await self._read_once()
            except (RedisError, OSError) as error:
                log.warning("streams.read_failed", error=repr(error))
                await asyncio.sleep(_PAUSE_S)

    async def _read_once(self) -> None:
        wanted = {name: f"{seen}-0" for name, seen in self._seen.items()}
        answer = await self._redis.xread(cast("dict[Any, Any]", wanted), block=_BLOCK_MS)
        for name, entries in _by_stream(answer):
            self.advance(name, int(entries[-1][0].split(b"-")[0]))


def _by_stream(answer: object) -> list[tuple[str, list[tuple[bytes, Any]]]]:
    """XREAD's answer in RESP2's shape (pairs) or RESP3's (a map of lists of lists)."""
    if not answer:
        return []
    if isinstance(answer, dict):
        return [(name.decode(), entries[0]) for name, entries in answer.items()]
    return [(name.decode(), entries) for name, entries in cast("list[Any]", answer)]
