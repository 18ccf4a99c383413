"""The processes of the stream benchmark, each on its core."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.support.server import Server, free_port

_START_S = 60


@dataclass(frozen=True, slots=True)
class Measured:
    """A serving process whose work is measured."""

    port: int
    pid: int

    def cpu_s(self) -> float:
        """Processor time that it has used: its own, user and system, without its children's."""
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)

    def memory_mb(self) -> float:
        """Its resident memory."""
        return float(psutil.Process(self.pid).memory_info().rss / 2**20)


def _cores() -> list[int]:
    return sorted(psutil.Process().cpu_affinity())


_MEASURED_CORE = _cores()[0]
_OTHER_CORES = _cores()[1:] or _cores()


def keep_to_other_cores() -> None:
    """Leave the first core to the process that is measured; children inherit this."""
    os.sched_setaffinity(0, _OTHER_CORES)


@contextmanager
def endpoint() -> Iterator[int]:
    """The scripted model endpoint's port."""
    port = free_port()
    with _process([sys.executable, "-m", "benchmarks.streams.upstream", str(port)]):
        _wait_until_it_answers(port)
        yield port


@contextmanager
def baseline(model_port: int) -> Iterator[Measured]:
    """The peer, on the measured core."""
    port = free_port()
    with _process([sys.executable, "-m", "benchmarks.streams.baseline", str(port), str(model_port)]) as process:
        _pin(process.pid)
        _wait_until_it_answers(port)
        yield Measured(port, process.pid)


@contextmanager
def nivesh(home: Path, model_port: int) -> Iterator[Measured]:
    """One API process on the measured core, and a worker and the engines beside it."""
    server = _serving(home, model_port, workers="none")
    with server, _process([sys.executable, "-m", "api.cli.main", "worker"], server.environment):
        yield _measured(server)


@contextmanager
def nivesh_alone(home: Path, model_port: int) -> Iterator[Measured]:
    """The usual way to serve: the API process on the measured core also delivers the events."""
    with _serving(home, model_port, workers="inline") as server:
        yield _measured(server)


def _serving(home: Path, model_port: int, *, workers: str) -> Server:
    home.mkdir()
    return Server(
        home,
        llm_base_url=f"http://127.0.0.1:{model_port}/v1",
        llm_model="scripted",
        llm_api_key="none",
        workers=workers,
    )


def _measured(server: Server) -> Measured:
    if server.process is None:
        raise RuntimeError("the server is not running")
    _pin(server.process.pid)
    return Measured(server.port, server.process.pid)


def _pin(pid: int) -> None:
    """All threads of the process: an affinity is a thread's."""
    for thread in psutil.Process(pid).threads():
        os.sched_setaffinity(thread.id, {_MEASURED_CORE})


@contextmanager
def _process(command: list[str], environment: dict[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    # A session each, as a service manager gives: Linux divides processors among sessions, and those of one that has the
    # measured core as well would take the other one from the engines for seconds.
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_it_answers(port: int) -> None:
    deadline = time.monotonic() + _START_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")
