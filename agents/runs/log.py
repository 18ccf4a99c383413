"""The port to the durable log of runs. Everything a client ever sees of a run was in the log first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

NOTHING: Final[Mapping[str, int]] = MappingProxyType({})


class LogEntry(NamedTuple):
    """Frames that were appended together. `last_seq` is the number of the last; `final` ends the run."""

    last_seq: int
    frames: bytes
    final: bool = False


class Refused(Protocol):
    """Runs to which nothing was appended."""

    @property
    def lost(self) -> frozenset[str]:
        """Some of their log is gone: they are to be told again."""
        ...

    @property
    def taken(self) -> frozenset[str]:
        """Another process has written to their log: it works on them now."""
        ...


class RunLog(Protocol):
    """An append-only log per run, kept for 24 hours."""

    async def append(self, entries: Sequence[tuple[str, LogEntry]], after: Mapping[str, int] = NOTHING) -> Refused:
        """Append entries to the named runs, in one round trip. Appending an entry again changes nothing.

        `after` says up to which number a run was logged before. Where the log has lost some of it, or has more
        (that is not from this call, repeated), nothing is appended.
        """
        ...

    async def read(self, run_id: str, after_seq: int = 0) -> list[LogEntry]:
        """The entries that hold frames above `after_seq`; the first may begin with older frames."""
        ...

    async def last(self, run_id: str) -> LogEntry | None:
        """The newest entry; None when there is no log (any more)."""
        ...

    def end(self, run_id: str) -> None:
        """Nothing will be appended any more: who follows in this process is let go once all is read."""
        ...

    def follow(self, run_id: str, after_seq: int = 0) -> AsyncIterator[LogEntry]:
        """Those entries, and then new ones as they come, up to the final one, whatever its number."""
        ...
