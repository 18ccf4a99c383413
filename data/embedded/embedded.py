"""The engines as a process uses them: join, get the addresses, leave."""

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType

from data.embedded.address import Engine, EngineAddress
from data.embedded.credentials import read_credentials
from data.embedded.engines import BLUEPRINTS
from data.embedded.engines.blueprint import package_directory
from data.embedded.errors import EngineStartError, last_lines
from data.embedded.keeper_process import KeeperProcess
from data.embedded.locks import locked
from data.embedded.paths import home_paths
from data.embedded.process import ProcessId
from data.embedded.state import State, Status, read_state
from data.embedded.users import Seat, engines_in_use, poke

_log = logging.getLogger(__name__)

_POLL_S = 0.02
_WATCH_S = 1.0
_STOP_TIMEOUT_S = 15.0
_GRACE_S = 5.0

ALL_ENGINES = frozenset(Engine)


class EmbeddedEngines:
    """The engines of one home, shared with every other process that uses the same home; an async context manager.

    Entering boots what is wanted, or joins what runs, and gives the live addresses; they hold until the exit, also when
    an engine or the keeper is killed meanwhile. The last one out stops the engines and returns when they are stopped. A
    process that is killed has left, too.

    Raises EngineMissingError for an engine whose wheel is not installed, EngineStartError for one that does not start.
    """

    def __init__(self, home: Path, wanted: frozenset[Engine] = ALL_ENGINES, *, start_timeout_s: float = 30.0) -> None:
        self._paths = home_paths(home)
        self._wanted = wanted
        self._timeout_s = start_timeout_s
        self._keeper = KeeperProcess(self._paths, start_timeout_s)
        self._seat: Seat | None = None
        self._watch: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Mapping[Engine, EngineAddress]:
        for engine in self._wanted:
            package_directory(engine)
        self._paths.create()
        before = read_state(self._paths)
        self._seat = Seat(self._paths, self._wanted)
        try:
            state = await self._until_ready(before)
            self._watch = asyncio.create_task(self._keep_keeper(), name="embedded-engines-watch")
            return self._addresses(state)
        except BaseException:
            await self._leave()
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._leave()

    async def _until_ready(self, before: State) -> State:
        """Wait for every wanted engine. Only failures after `before` are ours: an older one is tried again for us."""
        deadline = time.monotonic() + self._timeout_s + _GRACE_S
        poke(self._paths)
        while True:
            state = read_state(self._paths)
            self._keeper.ensure(state)
            if all(self._is_ready(state, engine) for engine in self._wanted):
                return state
            for engine in self._wanted:
                record = state.record(engine)
                if record.status is Status.FAILED and record.failures > before.record(engine).failures:
                    raise EngineStartError(record.error)
            if time.monotonic() > deadline:
                raise self._too_slow(state)
            await asyncio.sleep(_POLL_S)

    def _is_ready(self, state: State, engine: Engine) -> bool:
        record = state.record(engine)
        return record.status is Status.READY and record.process is not None and record.process.alive()

    def _too_slow(self, state: State) -> EngineStartError:
        missing = ", ".join(sorted(engine for engine in self._wanted if not self._is_ready(state, engine)))
        log = self._paths.keeper_log
        return EngineStartError(
            f"no answer from the embedded engines {missing} in {self._timeout_s:g} s. "
            f"Log: {log}; its last lines:\n{last_lines(log)}"
        )

    def _addresses(self, state: State) -> Mapping[Engine, EngineAddress]:
        credentials = read_credentials(self._paths)
        if credentials is None:
            raise EngineStartError(f"{self._paths.credentials} was removed while the engines were running")
        return {
            engine: BLUEPRINTS[engine](self._paths, credentials).address(state.record(engine).ports)
            for engine in self._wanted
        }

    async def _keep_keeper(self) -> None:
        """Start a new keeper when the old one was killed: it adopts the running engines, so that none leaks."""
        while True:
            await asyncio.sleep(_WATCH_S)
            self._ensure_keeper()

    def _ensure_keeper(self) -> None:
        try:
            self._keeper.ensure(read_state(self._paths))
        except EngineStartError as error:
            _log.error("%s", error)

    async def _leave(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.wait((self._watch,))
            self._watch = None
        if self._seat is not None:
            # Before leaving: without a keeper nobody would stop the engines.
            self._ensure_keeper()
            keeper = read_state(self._paths).keeper
            self._seat.leave()
            self._seat = None
            poke(self._paths)
            await self._until_stopped(keeper)
        self._keeper.release()

    async def _until_stopped(self, keeper: ProcessId | None) -> None:
        """Return when the keeper has stopped everything and ended, or when others go on using the engines.

        `keeper` is the one that was there: it strikes itself off the state a moment before its process ends. One that
        dies before it has is replaced by one that stops what it finds.
        """
        deadline = time.monotonic() + _STOP_TIMEOUT_S
        while time.monotonic() < deadline:
            state = read_state(self._paths)
            if self._keeper.running(state) or (keeper is not None and keeper.alive()):
                with locked(self._paths.gate_lock):
                    if engines_in_use(self._paths) is not None:
                        return
            elif state.keeper is None:
                return
            else:
                self._ensure_keeper()
            await asyncio.sleep(_POLL_S)


@contextlib.contextmanager
def running_engines(
    home: Path, wanted: frozenset[Engine] = ALL_ENGINES, *, start_timeout_s: float = 30.0
) -> Iterator[Mapping[Engine, EngineAddress]]:
    """EmbeddedEngines for code without an event loop: they are held by a loop in a thread of their own."""
    with booting_engines(home, wanted, start_timeout_s=start_timeout_s) as booted:
        yield booted.result()


@contextlib.contextmanager
def booting_engines(
    home: Path, wanted: frozenset[Engine] = ALL_ENGINES, *, start_timeout_s: float = 30.0
) -> Iterator[Future[Mapping[Engine, EngineAddress]]]:
    """The same without waiting for them: what is done in the block runs while they boot."""
    engines = EmbeddedEngines(home, wanted, start_timeout_s=start_timeout_s)
    entered: Future[Mapping[Engine, EngineAddress]] = Future()
    loop = asyncio.new_event_loop()
    holding = loop.create_task(_hold(engines, entered))
    thread = threading.Thread(target=loop.run_until_complete, args=(holding,), name="embedded-engines", daemon=True)
    thread.start()
    try:
        yield entered
    finally:
        loop.call_soon_threadsafe(holding.cancel)
        thread.join()
        loop.close()


async def _hold(engines: EmbeddedEngines, entered: Future[Mapping[Engine, EngineAddress]]) -> None:
    """Enter, tell the addresses or the error, and stay until cancelled."""
    try:
        async with engines as addresses:
            entered.set_result(addresses)
            await asyncio.Event().wait()
    except asyncio.CancelledError:
        return
    except Exception as error:
        if entered.done():
            raise
        entered.set_exception(error)
