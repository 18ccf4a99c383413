"""Who uses the engines: every process holds the lock of a file of its own, so the kernel tells who is left."""

import contextlib
import json
import os
import uuid
from pathlib import Path

from data.embedded.address import Engine
from data.embedded.locks import locked, open_private, try_lock
from data.embedded.paths import HomePaths


class Seat:
    """One user's place among the engines, from construction to `leave()` or the death of the process."""

    def __init__(self, paths: HomePaths, wanted: frozenset[Engine]) -> None:
        self._path = paths.users / f"{os.getpid()}-{uuid.uuid4().hex}"
        with locked(paths.gate_lock):
            self._descriptor: int | None = open_private(self._path)
            try_lock(self._descriptor)
            os.write(self._descriptor, json.dumps(sorted(wanted)).encode())

    def leave(self) -> None:
        """Give the place up; again is harmless."""
        if self._descriptor is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._descriptor)
            self._descriptor = None


def engines_in_use(paths: HomePaths) -> frozenset[Engine] | None:
    """Every engine that a living user wants; None when there is no user. Files of dead users are removed.

    The caller holds the gate: a file that nobody has locked is then one that nobody is about to lock.
    """
    wanted = [live for path in paths.users.iterdir() if (live := _wanted_by(path)) is not None]
    return frozenset().union(*wanted) if wanted else None


def _wanted_by(path: Path) -> frozenset[Engine] | None:
    """What the user of this file wants; None when it is gone."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        if try_lock(descriptor):
            path.unlink(missing_ok=True)
            return None
        return frozenset(Engine(name) for name in json.loads(os.read(descriptor, 4096)))
    finally:
        os.close(descriptor)


def poke(paths: HomePaths) -> None:
    """Let the keeper look at its users now. Without a keeper there is nobody to hear it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(paths.wake_pipe, os.O_WRONLY | os.O_NONBLOCK)
        try:
            os.write(descriptor, b"!")
        finally:
            os.close(descriptor)
