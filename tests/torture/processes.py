"""The processes that are killed: two API servers, a worker, and the engines that they share."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

from data.embedded import Engine
from data.embedded.paths import HomePaths
from data.embedded.state import Status, read_state
from tests.support.server import Server

_ENGINES = (Engine.POSTGRES, Engine.MONGO, Engine.REDIS, Engine.GRAPH)
_READY_WITHIN_S = 90


class Worker:
    """`nivesh worker` on the home."""

    def __init__(self, home: Path, environment: dict[str, str]) -> None:
        self._home = home
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start; it is ready when it is."""
        with (self._home / "worker.log").open("ab") as log:
            command = [sys.executable, "-m", "api.cli.main", "worker"]
            self._process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def revive(self) -> None:
        """Start again, as a supervisor would, what ended by itself: a worker cannot start without its stores."""
        if self._process is not None and self._process.poll() is not None:
            self.start()


class Deployment:
    """All of them on one home. `killed` are those that were killed last."""

    def __init__(self, home: Path, model_url: str) -> None:
        settings = {
            "llm_base_url": model_url,
            "llm_model": "scripted",
            "llm_api_key": "none",
            "workers": "none",
        }
        self.home = home
        self.servers = [Server(home, **settings), Server(home, **settings)]
        self._worker = Worker(home, self.servers[0].environment)
        self._running = ExitStack()
        self.killed = ""
        self._ready_at: float | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for server in self.servers:
                # Registered first: a start that fails half way must not leave processes behind.
                stack.callback(server.stop)
                server.start()
            stack.callback(self._worker.kill)
            self._worker.start()
            self._running = stack.pop_all()
        self._ready_at = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    def quieten(self) -> None:
        """Nothing is killed any more: whatever should run does."""
        self._worker.revive()

    def ready_for(self) -> float:
        """Seconds since everything is ready again; 0 while something is not."""
        return 0.0 if self._ready_at is None else time.monotonic() - self._ready_at

    def kill_some(self, chance: random.Random, at_most: int) -> list[str]:
        """Kill one or two at once, start them again where nobody else does, and wait until they are ready; who."""
        everyone = ["api-1", "api-2", "worker", *(engine.value for engine in _ENGINES)]
        names = chance.sample(everyone, min(chance.choice([1, 2]), at_most))
        self.killed, self._ready_at = " and ".join(names), None
        with ThreadPoolExecutor() as threads:
            list(threads.map(self._kill, names))
        self._worker.revive()
        self._ready_at = time.monotonic()
        return names

    def _kill(self, name: str) -> None:
        if name.startswith("api"):
            server = self.servers[int(name[-1]) - 1]
            server.kill()
            server.start()
        elif name == "worker":
            self._worker.kill()
            self._worker.start()
        else:
            self._kill_engine(Engine(name))

    def _kill_engine(self, engine: Engine) -> None:
        """The keeper starts it again."""
        paths = HomePaths(self.home)
        before = read_state(paths).record(engine).process
        if before is not None:
            try:
                os.kill(before.pid, 9)
            except ProcessLookupError:
                before = None
        deadline = time.monotonic() + _READY_WITHIN_S
        while time.monotonic() < deadline:
            record = read_state(paths).record(engine)
            again = record.process is not None and record.process != before and psutil.pid_exists(record.process.pid)
            if record.status is Status.READY and again:
                return
            time.sleep(0.02)
        raise TimeoutError(f"{engine} did not come back")
