"""One engine's life under the keeper: adopted or started, restarted when it dies, stopped at the end."""

import asyncio
import logging
import signal
import subprocess

from data.embedded.address import Engine
from data.embedded.board import StateBoard
from data.embedded.engines import Blueprint
from data.embedded.errors import EngineStartError, start_error
from data.embedded.paths import HomePaths
from data.embedded.ports import choose_ports
from data.embedded.process import ProcessId, orphans_in, process_id, spawn, stop, wait_until_dead
from data.embedded.readiness import until_ready

_log = logging.getLogger(__name__)

_ATTEMPTS = 3
_STOP_PATIENCE_S = 10.0
_ORPHAN_PATIENCE_S = 3.0
_FIRST_BACKOFF_S, _LONGEST_BACKOFF_S = 0.5, 30.0


class Supervisor:
    """Keeps one engine running from `run()` until `stopping` is set."""

    def __init__(self, blueprint: Blueprint, paths: HomePaths, board: StateBoard, start_timeout_s: float) -> None:
        self._blueprint = blueprint
        self._engine: Engine = blueprint.engine
        self._paths = paths
        self._board = board
        self._timeout_s = start_timeout_s
        self._child: subprocess.Popen[bytes] | None = None
        self.stopping = asyncio.Event()
        self.retry_now = asyncio.Event()

    async def run(self) -> None:
        """Adopt or start, watch, restart, with growing pauses while it fails; return once told to stop and stopped."""
        backoff = _FIRST_BACKOFF_S
        process = await self._adopt()
        while not self.stopping.is_set():
            try:
                process = process or await self._start()
            except EngineStartError as error:
                _log.error("%s", error)
                self._board.failed(self._engine, str(error))
                await self._pause(backoff)
                backoff = min(backoff * 2, _LONGEST_BACKOFF_S)
                continue
            backoff = _FIRST_BACKOFF_S
            if await self._until_dead_or_stopping(process):
                self._reap()
                _log.warning("%s (pid %d) died and is started again", self._engine, process.pid)
                process = None
        if process is not None:
            await self._stop(process)
        self._board.stopped(self._engine)

    async def _adopt(self) -> ProcessId | None:
        """The running engine of a keeper that was killed, if it answers; one that does not is stopped."""
        record = self._board.record(self._engine)
        process = record.process
        if process is None or not process.alive():
            return None
        try:
            await asyncio.wait_for(until_ready(lambda: self._blueprint.answers(record.ports)), self._timeout_s)
        except TimeoutError:
            await self._stop(process)
            return None
        _log.info("%s (pid %d) adopted", self._engine, process.pid)
        self._board.ready(self._engine)
        return process

    async def _start(self) -> ProcessId:
        """Start it; an attempt that ends at once (a port just taken, a dead server's shared memory) is repeated."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._attempt()
            except _EndedAtOnceError as error:
                if attempt == _ATTEMPTS or self.stopping.is_set():
                    raise start_error(self._engine, str(error), self._paths.log(self._engine)) from error
                await self._pause(_FIRST_BACKOFF_S * attempt)
        raise AssertionError("unreachable")

    async def _attempt(self) -> ProcessId:
        await self._stop_orphans()
        others = self._board.taken_ports()
        ports = choose_ports(self._blueprint.port_names, self._board.record(self._engine).ports, others)
        self._board.starting(self._engine, ports)
        try:
            await asyncio.to_thread(self._blueprint.prepare, ports)
            launch = await asyncio.to_thread(self._blueprint.launch, ports)
            self._child = spawn(launch, self._paths.log(self._engine))
        except OSError as error:
            raise start_error(self._engine, str(error), self._paths.log(self._engine)) from error
        process = process_id(self._child.pid)
        self._board.launched(self._engine, process)
        await self._until_ready(process, ports)
        self._board.ready(self._engine)
        _log.info("%s (pid %d) is ready on %s", self._engine, process.pid, dict(ports))
        return process

    async def _until_ready(self, process: ProcessId, ports: dict[str, int]) -> None:
        ready = asyncio.ensure_future(until_ready(lambda: self._blueprint.answers(ports)))
        dead = asyncio.ensure_future(wait_until_dead(process))
        try:
            done, _ = await asyncio.wait((ready, dead), timeout=self._timeout_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ready.cancel()
            dead.cancel()
        if dead in done:
            self._reap()
            raise _EndedAtOnceError("it ended right after it was launched")
        if ready not in done:
            await self._stop(process)
            raise start_error(self._engine, f"no answer in {self._timeout_s:g} s", self._paths.log(self._engine))

    async def _stop_orphans(self) -> None:
        """End engines that nobody recorded and workers whose server was killed: two on one directory destroy it."""
        for orphan in await asyncio.to_thread(orphans_in, self._paths.data(self._engine)):
            _log.warning("%s: pid %d still works in the data directory and is stopped", self._engine, orphan.pid)
            await stop(orphan, signal.SIGTERM, _ORPHAN_PATIENCE_S)

    async def _until_dead_or_stopping(self, process: ProcessId) -> bool:
        """True when the process died."""
        dead = asyncio.ensure_future(wait_until_dead(process))
        told = asyncio.ensure_future(self.stopping.wait())
        try:
            await asyncio.wait((dead, told), return_when=asyncio.FIRST_COMPLETED)
            return dead.done() and not self.stopping.is_set()
        finally:
            dead.cancel()
            told.cancel()

    def _reap(self) -> None:
        """Take note of a dead child's end, so that it does not stay as a zombie. An adopted engine is no child."""
        if self._child is not None:
            self._child.wait()
            self._child = None

    async def _stop(self, process: ProcessId) -> None:
        port = self._board.record(self._engine).ports[self._blueprint.port_names[0]]
        knock_on = port if self._blueprint.knock_to_stop else None
        stopped_itself = await stop(process, self._blueprint.stop_signal, _STOP_PATIENCE_S, knock_on=knock_on)
        self._reap()
        if stopped_itself:
            _log.info("%s (pid %d) stopped", self._engine, process.pid)
        else:
            _log.warning("%s (pid %d) did not stop in %g s and was killed", self._engine, process.pid, _STOP_PATIENCE_S)

    async def _pause(self, seconds: float) -> None:
        """Wait, but no longer than until somebody new asks for the engine or it is to stop."""
        self.retry_now.clear()
        waits = [asyncio.ensure_future(event.wait()) for event in (self.retry_now, self.stopping)]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()


class _EndedAtOnceError(Exception):
    """The process ended before it answered."""
