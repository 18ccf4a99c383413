"""An append-only log per key on Redis streams, whose entry ids are the numbers that the writer gives."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Generic, Protocol, TypeVar, cast

from redis.asyncio import Redis
from redis.exceptions import ResponseError

_KEEP_S = 24 * 3600
_BLOCK_MS = 5_000

_StreamEntry = tuple[bytes, dict[bytes, bytes]]


class Entry(Protocol):
    """What the log keeps: some frames, the number of the last of them, and whether they end the log."""

    @property
    def last_seq(self) -> int:
        """The entry's number, which grows along the log."""
        ...

    @property
    def frames(self) -> bytes:
        """The content."""
        ...

    @property
    def final(self) -> bool:
        """Whether nothing comes after it."""
        ...


E = TypeVar("E", bound=Entry)


class RedisStreamLog(Generic[E]):
    """One stream per key, `<prefix>:{<key>}`, that expires 24 hours after its first and its final entry."""

    def __init__(self, redis: Redis, make: Callable[[int, bytes, bool], E], *, prefix: str = "run") -> None:
        self._redis = redis
        self._make = make
        self._prefix = prefix

    async def append(self, entries: Sequence[tuple[str, E]]) -> None:
        """Append in one pipeline. An entry that is there already is left as it is."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for key, entry in entries:
                name = self._name(key)
                pipe.xadd(name, {b"f": entry.frames, b"e": b"1" if entry.final else b""}, id=f"{entry.last_seq}-0")
                if entry.final or entry.last_seq <= 1:
                    pipe.expire(name, _KEEP_S)
            outcomes = await pipe.execute(raise_on_error=False)
        for outcome in outcomes:
            if isinstance(outcome, Exception) and not _is_repeat(outcome):
                raise outcome

    async def read(self, key: str, after_seq: int = 0) -> list[E]:
        """Entries whose number is above `after_seq`, oldest first."""
        found = await self._redis.xrange(self._name(key), min=f"({after_seq}-0" if after_seq else "-")
        return [self._entry(entry_id, fields) for entry_id, fields in cast("list[_StreamEntry]", found)]

    async def follow(self, key: str, after_seq: int = 0) -> AsyncIterator[E]:
        """Entries above `after_seq` as they come, until a final one."""
        last = after_seq
        while True:
            answer = await self._redis.xread({self._name(key): f"{last}-0"}, count=500, block=_BLOCK_MS)
            for entry_id, fields in _entries(answer):
                entry = self._entry(entry_id, fields)
                yield entry
                if entry.final:
                    return
                last = entry.last_seq

    def _name(self, key: str) -> str:
        return f"{self._prefix}:{{{key}}}"

    def _entry(self, entry_id: bytes, fields: dict[bytes, bytes]) -> E:
        return self._make(int(entry_id.split(b"-")[0]), fields[b"f"], fields[b"e"] == b"1")


def _is_repeat(outcome: Exception) -> bool:
    return isinstance(outcome, ResponseError) and "equal or smaller" in str(outcome)


def _entries(answer: object) -> list[_StreamEntry]:
    """The entries of the one stream in XREAD's answer, in RESP2's shape (pairs) or RESP3's (a map)."""
    if not answer:
        return []
    if isinstance(answer, dict):
        return cast("list[_StreamEntry]", next(iter(answer.values()))[0])
    return cast("list[tuple[bytes, list[_StreamEntry]]]", answer)[0][1]
