"""Processes that outlive the one that started them: how they are named, launched, watched and ended."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_CLOCK_TOLERANCE_S = 1.0
_POLL_S = 0.2
_KNOCK_S = 0.05
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
_MAX_LOG_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class ProcessId:
    """A process for sure: pids are used again, so the second in which it was created belongs to its name."""

    pid: int
    created_at: float

    def alive(self) -> bool:
        """Whether it still runs; one that has ended and was not reaped yet does not."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.created_at) < _CLOCK_TOLERANCE_S
            return same and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    def send(self, number: signal.Signals) -> None:
        """Signal it, if it is still there."""
        if self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


def process_id(pid: int) -> ProcessId:
    """The full name of the process that has `pid` now. A child that was not waited for always has one."""
    return ProcessId(pid, psutil.Process(pid).create_time())


@dataclass(frozen=True, slots=True)
class Account:
    """The user and group that a process changes to."""

    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Launch:
    """How an engine is run. Its working directory lies in its data directory: orphans are found by that."""

    command: tuple[str, ...]
    directory: Path
    account: Account | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


def clean_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """What an engine sees of our environment: where programs are; no secret, no PG* or JAVA* setting of the user's."""
    kept = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", **(extra or {})}


def spawn(launch: Launch, log: Path) -> subprocess.Popen[bytes]:
    """Start it with its output appended to `log`, which is put aside when it has grown past 5 MB."""
    if log.exists() and log.stat().st_size > _MAX_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    account = launch.account
    with log.open("ab") as output:
        return subprocess.Popen(
            launch.command,
            cwd=launch.directory,
            env=clean_environment({"HOME": str(launch.directory), **launch.environment}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            process_group=0,
        )


async def wait_until_dead(process: ProcessId) -> None:
    """Return once `process` has ended, a child of ours or not."""
    if sys.platform == "linux" and await _wait_on_pidfd(process):
        return
    while process.alive():  # noqa: ASYNC110 - another process's end is no event of ours
        await asyncio.sleep(_POLL_S)


async def _wait_on_pidfd(process: ProcessId) -> bool:
    """Wait by the kernel's notice; False where it offers none."""
    try:
        descriptor = os.pidfd_open(process.pid)
    except (OSError, AttributeError):
        return False
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    try:
        if process.alive():
            loop.add_reader(descriptor, ended.set)
            await ended.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
    return True


async def stop(process: ProcessId, number: signal.Signals, patience_s: float, *, knock_on: int | None = None) -> bool:
    """Ask it to stop with `number`, kill it after `patience_s`; True when it stopped by itself.

    With `knock_on`, connections are made to that port until it has ended: see Blueprint.knock_to_stop.
    """
    process.send(number)
    knocking = asyncio.create_task(_knock(knock_on)) if knock_on else None
    try:
        await asyncio.wait_for(wait_until_dead(process), patience_s)
    except TimeoutError:
        process.send(signal.SIGKILL)
        await wait_until_dead(process)
        return False
    finally:
        if knocking:
            knocking.cancel()
    return True


async def _knock(port: int) -> None:
    while True:
        await asyncio.sleep(_KNOCK_S)
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()


def orphans_in(directory: Path) -> list[ProcessId]:
    """Processes that work in `directory` or below, without those whose parent does so too (an engine's own workers).

    They are engines whose start was never recorded because the keeper died in that moment.
    """
    found = {process.pid: process for process in psutil.process_iter() if _works_in(process, directory)}
    heads = [process for process in found.values() if _parent(process) not in found]
    return [ProcessId(head.pid, _created_at(head)) for head in heads if head.pid != os.getpid()]


def _works_in(process: psutil.Process, directory: Path) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()).is_relative_to(directory)
    except psutil.Error:
        return False


def _parent(process: psutil.Process) -> int | None:
    try:
        return process.ppid()
    except psutil.Error:
        return None


def _created_at(process: psutil.Process) -> float:
    """0 for one that has ended meanwhile: a name that no living process has."""
    try:
        return process.create_time()
    except psutil.Error:
        return 0.0
