"""What can be seen of a home from outside, and waiting until it is so."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from data.embedded import Engine
from data.embedded.paths import home_paths
from data.embedded.process import ProcessId
from data.embedded.state import EngineRecord, Status, read_state

_POLL_S = 0.02


async def until(condition: Callable[[], bool], patience_s: float = 40.0) -> None:
    """Return once the condition holds; an error when it does not in time."""
    deadline = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"still not so after {patience_s:g} s")
        await asyncio.sleep(_POLL_S)


def record_of(home: Path, engine: Engine) -> EngineRecord:
    """What the state file says of the engine."""
    return read_state(home_paths(home)).record(engine)


def process_of(home: Path, engine: Engine) -> ProcessId:
    """The engine's process; it has one."""
    process = record_of(home, engine).process
    assert process is not None
    return process


def keeper_of(home: Path) -> ProcessId:
    """The keeper; there is one."""
    keeper = read_state(home_paths(home)).keeper
    assert keeper is not None
    return keeper


def serves_again(home: Path, engine: Engine, instead_of: ProcessId) -> bool:
    """Whether the engine is ready in another process than before."""
    record = record_of(home, engine)
    return record.status is Status.READY and record.process not in {None, instead_of}


def processes_in(home: Path) -> list[int]:
    """Every process that works in the home: the keeper and the engines, with their workers."""
    return [process.pid for process in psutil.process_iter() if _works_in(process, home.resolve())]


def _works_in(process: psutil.Process, home: Path) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()).is_relative_to(home)
    except psutil.Error:
        return False


def listening_addresses(pid: int) -> set[str]:
    """The addresses on which the process accepts connections, without the IPv6 form of IPv4 ones."""
    connections = psutil.Process(pid).net_connections("tcp")
    return {
        connection.laddr.ip.removeprefix("::ffff:")
        for connection in connections
        if connection.status == psutil.CONN_LISTEN
    }
