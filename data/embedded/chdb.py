"""The claim on a home's analytics: chdb runs inside a process, and only one process may have its directory open."""

import os
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

from data.embedded.errors import ChdbMissingError
from data.embedded.locks import open_private, try_lock
from data.embedded.paths import home_paths


class ChdbClaim:
    """The right to open chdb on `path`, until `close()` or the death of the process.

    Close it after the last client: `clickhouse_connect.get_client(interface="chdb", path=str(claim.path))`.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor: int | None = descriptor

    def close(self) -> None:
        """Let another process have it; again is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def claim_chdb(home: Path) -> ChdbClaim | None:
    """Claim the analytics of a home; None when another process, or another claim of this one, has them.

    Raises ChdbMissingError when chdb is not installed, EngineStartError when the home cannot be written to.
    """
    if find_spec("chdb") is None:
        raise ChdbMissingError
    paths = home_paths(home)
    paths.create()
    descriptor = open_private(paths.clickhouse_lock)
    if not try_lock(descriptor):
        os.close(descriptor)
        return None
    paths.clickhouse.mkdir(mode=0o700, exist_ok=True)
    return ChdbClaim(paths.clickhouse, descriptor)
