"""How a user makes sure that there is a keeper."""

import os
import subprocess
import sys
from pathlib import Path

import data
from data.embedded.errors import EngineStartError, last_lines
from data.embedded.paths import HomePaths
from data.embedded.process import clean_environment
from data.embedded.state import State

_STILL_RUNNING: list[subprocess.Popen[bytes]] = []
"""Keepers of ours that go on for other users. Kept here: Popen warns when it is dropped before its process ends."""


class KeeperProcess:
    """Starts the keeper when there is none. Of several that are started at once the lock leaves one."""

    def __init__(self, paths: HomePaths, start_timeout_s: float) -> None:
        self._paths = paths
        self._timeout_s = start_timeout_s
        self._child: subprocess.Popen[bytes] | None = None

    def ensure(self, state: State) -> None:
        """Start a keeper unless `state` names a living one or ours is just coming up.

        Raises EngineStartError when ours failed, with the end of its log. One that was killed is replaced.
        """
        code = self._child.poll() if self._child else None
        if self._child is not None and code is None:
            return
        self._child = None
        if code and code > 0:
            raise self._failed()
        if state.keeper is None or not state.keeper.alive():
            self._child = self._spawn()

    def running(self, state: State) -> bool:
        """Whether the keeper that `state` names, or the one we started, still runs; ours is reaped at its end."""
        if self._child is not None and self._child.poll() is None:
            return True
        return state.keeper is not None and state.keeper.alive()

    def release(self) -> None:
        """Go on without watching it; it may go on for others."""
        _STILL_RUNNING[:] = [child for child in (*_STILL_RUNNING, self._child) if child and child.poll() is None]
        self._child = None

    def _failed(self) -> EngineStartError:
        log = self._paths.keeper_log
        tail = last_lines(log)
        return EngineStartError(f"the keeper of the embedded engines failed. Log: {log}; its last lines:\n{tail}")

    def _spawn(self) -> subprocess.Popen[bytes]:
        """In a session of its own: no Ctrl-C and no closed terminal reaches it. Nor do our environment's secrets."""
        command = [sys.executable, "-P", "-m", "data.embedded.keeper", "--home", str(self._paths.home)]
        with self._paths.keeper_log.open("ab") as log:
            return subprocess.Popen(
                [*command, "--start-timeout", str(self._timeout_s)],
                cwd=self._paths.home,
                env=clean_environment({"PYTHONPATH": _module_path()}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def _module_path() -> str:
    """Where `data` is found, before what PYTHONPATH says: our own sys.path may have it by other ways."""
    directories = [str(Path(path).resolve().parent) for path in data.__path__]
    return os.pathsep.join([*directories, *filter(None, [os.environ.get("PYTHONPATH")])])
