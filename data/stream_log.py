"""An append-only log per key on Redis streams, whose entry ids are the numbers that the writer gives."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Generic, NamedTuple, Protocol, TypeVar, cast

from redis.asyncio import Redis

from data.stream_hub import StreamHub

_KEEP_S = 24 * 3600
# One command for any number of entries. An entry that is there already is left as it is; any other error is returned.
# Given back are the places of those that would leave a gap, and of those before which somebody else has written.
_APPEND = """
local lost, taken = {}, {}
for i, key in ipairs(KEYS) do
  local at = 1 + i * 4 - 3
  local after = tonumber(ARGV[at + 3])
  local newest = after >= 0 and redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)[1]
  local reached = newest and tonumber(string.match(newest[1], '%d+')) or 0
  if after >= 0 and reached < after then
    lost[#lost + 1] = i
  elseif after >= 0 and reached > after and newest[2][2] ~= ARGV[at + 1] then
    taken[#taken + 1] = i
  else
    local added = redis.pcall('XADD', key, ARGV[at] .. '-0', 'f', ARGV[at + 1], 'e', ARGV[at + 2])
    if type(added) == 'table' and added.err and not string.find(added.err, 'equal or smaller', 1, true) then
      return added
    end
    if ARGV[at + 2] == '1' or redis.call('PTTL', key) < 0 then redis.call('EXPIRE', key, ARGV[1]) end
  end
end
return {lost, taken}
"""
_UNKNOWN: Final = -1
_NOTHING: Final[Mapping[str, int]] = MappingProxyType({})

_StreamEntry = tuple[bytes, dict[bytes, bytes]]


class Refused(NamedTuple):
    """Keys to which nothing was appended: some of their stream was lost, or another writer has taken it."""

    lost: frozenset[str]
    taken: frozenset[str]


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
        self._append = redis.register_script(_APPEND)
        self._hub = StreamHub(redis)

    async def append(self, entries: Sequence[tuple[str, E]], after: Mapping[str, int] = _NOTHING) -> Refused:
        """Append in one round trip. An entry that is there already is left as it is.

        Where a key's stream does not reach up to `after` any more, or beyond, nothing is appended.
        """
        keys: list[str] = []
        values: list[int | bytes] = [_KEEP_S]
        for key, entry in entries:
            keys.append(self._name(key))
            values += (entry.last_seq, entry.frames, b"1" if entry.final else b"", after.get(key, _UNKNOWN))
        refused = await self._append(keys=keys, args=values)
        return Refused(*(frozenset(entries[place - 1][0] for place in places) for places in refused))

    async def read(self, key: str, after_seq: int = 0) -> list[E]:
        """Entries whose number is above `after_seq`, oldest first."""
        found = await self._redis.xrange(self._name(key), min=f"({after_seq}-0" if after_seq else "-")
        return [self._entry(entry_id, fields) for entry_id, fields in cast("list[_StreamEntry]", found)]

    async def last(self, key: str) -> E | None:
        """The newest entry."""
        found = await self._redis.xrevrange(self._name(key), count=1)
        return self._entry(*cast("list[_StreamEntry]", found)[0]) if found else None

    async def delete(self, key: str) -> None:
        """Have no log of the key."""
        await self._redis.delete(self._name(key))

    async def follow(self, key: str, after_seq: int = 0) -> AsyncIterator[E]:
        """Entries above `after_seq` as they come, until a final one, which also ends it when it is not above."""
        newest = await self.last(key) if after_seq else None
        if newest is not None and newest.final and newest.last_seq <= after_seq:
            return
        last = 0 if newest is None else min(after_seq, newest.last_seq)
        name = self._name(key)
        with self._hub.watching(name, last) as watcher:
            while True:
                is_over = watcher.is_over
                watcher.changed.clear()
                for entry in await self.read(key, last):
                    if entry.last_seq > after_seq:
                        yield entry
                    if entry.final:
                        return
                    last = entry.last_seq
                if is_over:
                    return
                self._hub.advance(name, last)
                await watcher.changed.wait()

    def end(self, key: str) -> None:
        """Nothing will be appended any more: who follows here is let go once all is read."""
        self._hub.end(self._name(key))

    def _name(self, key: str) -> str:
        return f"{self._prefix}:{{{key}}}"

    def _entry(self, entry_id: bytes, fields: dict[bytes, bytes]) -> E:
        return self._make(int(entry_id.split(b"-")[0]), fields[b"f"], fields[b"e"] == b"1")
