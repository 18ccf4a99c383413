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

_MOST_CRASHES = 3


class KeeperProcess:
    """Starts the keeper when there is none. Of several that are started at once the lock leaves one."""

    def __init__(self, paths: HomePaths, start_timeout_s: float) -> None:
        self._paths = paths
        self._timeout_s = start_timeout_s
        self._child: subprocess.Popen[bytes] | None = None
        self._crashes = 0

    def ensure(self, state: State) -> None:
        """Start a keeper unless `state` names a living one or ours is just coming up.

        Raises EngineStartError when ours failed, with the end of its log.
        """
        code = self._child.poll() if self._child else None
        if self._child is not None and code is None:
            return
        if code:
            self._count_crash(code)
        self._child = None
        if state.keeper is None or not state.keeper.alive():
            self._child = self._spawn()

    def running(self, state: State) -> bool:
        """Whether the keeper that `state` names, or the one that we started, still runs; an ended one of ours is reaped."""
        if self._child is not None and self._child.poll() is None:
            return True
        return state.keeper is not None and state.keeper.alive()

    def _count_crash(self, code: int) -> None:
        self._crashes += 1
        if code > 0 or self._crashes >= _MOST_CRASHES:
            log = self._paths.keeper_log
            raise EngineStartError(f"the keeper of the embedded engines failed. Log: {log}; its last lines:\n{last_lines(log)}")

    def _spawn(self) -> subprocess.Popen[bytes]:
        """In a session of its own, so that no Ctrl-C and no closed terminal reaches it, and without our environment's secrets."""
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
    """Where `data` is found, in front of what the user's environment says: our own sys.path may have it by other ways."""
    directories = [str(Path(path).resolve().parent) for path in data.__path__]
    return os.pathsep.join([*directories, *filter(None, [os.environ.get("PYTHONPATH")])])
