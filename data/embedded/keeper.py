"""The keeper: a small process that owns the engines of one home for as long as somebody uses them.

`python -m data.embedded.keeper --home DIR`, started by the first user, detached from it. It exits when the last user is
gone and the engines are stopped. When it is killed, the next one adopts the engines that still run.
"""

import argparse
import asyncio
import contextlib
import logging
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from data.embedded.address import Engine
from data.embedded.board import StateBoard
from data.embedded.credentials import Credentials, ensure_credentials
from data.embedded.engines import BLUEPRINTS
from data.embedded.errors import EngineStartError
from data.embedded.locks import locked, open_private, try_lock
from data.embedded.paths import HomePaths, home_paths
from data.embedded.process import process_id
from data.embedded.state import read_state
from data.embedded.supervisor import Supervisor
from data.embedded.users import engines_in_use

_log = logging.getLogger(__name__)

_POLL_S = 0.5
_LOCK_PAUSE_S = 0.02


class Keeper:
    """Looks at the users twice a second, and at once when one of them pokes it."""

    def __init__(self, paths: HomePaths, board: StateBoard, credentials: Credentials, start_timeout_s: float) -> None:
        self._paths = paths
        self._board = board
        self._credentials = credentials
        self._timeout_s = start_timeout_s
        self._running: dict[Engine, tuple[Supervisor, asyncio.Task[None]]] = {}
        self._news = asyncio.Event()
        self._told_to_stop = False
        self._home_vanished = False

    async def run(self) -> None:
        """Serve until nobody is left, or a signal says so. On return the state says that there is no keeper."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop_on_signal)
        with _wake_pipe(self._paths) as pipe:
            loop.add_reader(pipe, self._hear, pipe)
            for engine in self._board.known():
                self._ensure(engine)
            while not await self._leave_if_unused():
                await self._wait_for_news()
            loop.remove_reader(pipe)
        if self._home_vanished:
            shutil.rmtree(self._paths.home, ignore_errors=True)

    def _stop_on_signal(self) -> None:
        self._told_to_stop = True
        self._news.set()

    def _hear(self, pipe: int) -> None:
        os.read(pipe, 4096)
        self._news.set()

    async def _leave_if_unused(self) -> bool:
        """Start what users want; when there are none stop everything, and leave unless somebody came meanwhile."""
        self._notice_vanished_home()
        if not self._decide():
            return False
        await self._stop_all()
        with locked(self._paths.gate_lock):
            if engines_in_use(self._paths) is not None and not self._told_to_stop:
                return False
            self._board.keeper_left()
            return True

    def _notice_vanished_home(self) -> None:
        """A home that was deleted below its engines has no users: they are stopped as ever, and it goes for good."""
        if not self._paths.users.is_dir():
            self._home_vanished = True
            self._paths.create()

    def _decide(self) -> bool:
        """Whether to stop. Under the gate: whoever sits down after it sees that the engines are being stopped."""
        with locked(self._paths.gate_lock):
            wanted = engines_in_use(self._paths)
            if wanted is None or self._told_to_stop:
                self._board.stopping()
                return True
        for engine in wanted:
            self._ensure(engine)
        return False

    def _ensure(self, engine: Engine) -> None:
        if engine not in self._running:
            blueprint = BLUEPRINTS[engine](self._paths, self._credentials)
            supervisor = Supervisor(blueprint, self._paths, self._board, self._timeout_s)
            self._running[engine] = (supervisor, asyncio.create_task(supervisor.run(), name=engine.value))

    async def _stop_all(self) -> None:
        for supervisor, _ in self._running.values():
            supervisor.stopping.set()
        await asyncio.gather(*(task for _, task in self._running.values()))
        self._running.clear()

    async def _wait_for_news(self) -> None:
        self._news.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), _POLL_S)
            for supervisor, _ in self._running.values():
                supervisor.retry_now.set()
        for _, task in self._running.values():
            if task.done():
                task.result()


@contextlib.contextmanager
def _wake_pipe(paths: HomePaths) -> Iterator[int]:
    """The pipe that users write to. Open for writing too, so that it does not end when a user closes it."""
    with contextlib.suppress(FileExistsError):
        os.mkfifo(paths.wake_pipe, 0o600)
    pipe = os.open(paths.wake_pipe, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield pipe
    finally:
        os.close(pipe)


def _become_keeper(paths: HomePaths) -> int | None:
    """The descriptor that holds the keeper's lock, None when another keeper lives.

    One that is about to exit still holds the lock for a moment after it has said that it left.
    """
    descriptor = open_private(paths.keeper_lock)
    while not try_lock(descriptor):
        other = read_state(paths).keeper
        if other is not None and other.alive():
            os.close(descriptor)
            return None
        time.sleep(_LOCK_PAUSE_S)
    return descriptor


def main() -> int:
    """Run the keeper of one home; exit code 1 when it cannot, with the reason on stderr (its log)."""
    parser = argparse.ArgumentParser(prog="data.embedded.keeper", description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--start-timeout", type=float, default=30.0, help="seconds that one engine may take")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s keeper %(process)d: %(message)s")
    paths = home_paths(options.home)
    if _become_keeper(paths) is None:
        return 0
    try:
        board = StateBoard(paths, process_id(os.getpid()))
        keeper = Keeper(paths, board, ensure_credentials(paths), options.start_timeout)
    except EngineStartError as error:
        _log.error("%s", error)
        return 1
    _log.info("keeper of %s", paths.home)
    asyncio.run(keeper.run())
    _log.info("nobody is left: keeper leaves")
    return 0


if __name__ == "__main__":
    sys.exit(main())
