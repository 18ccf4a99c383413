"""Runs a Java server from the jars that deploy/servers/fetch.sh has copied, for as long as a test session needs it."""

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from data.embedded.ports import is_free

JARS = Path(__file__).resolve().parents[2] / "build/servers"
_PATIENCE_S = 60
_POLL_S = 0.1


def java(server: str, *arguments: str) -> list[str]:
    """The command line of a main class, or of flags and one, on the jars of `server`."""
    jars = JARS / server
    if not jars.is_dir():
        raise RuntimeError(f"{jars} is missing: run make test-servers, which fetches it")
    return ["java", "-Xmx512m", "-cp", f"{jars}/*", *arguments]


@contextmanager
def running(command: Sequence[str], home: Path, port: int) -> Iterator[None]:
    """The process, once it listens on `port`; killed at the end, since its data goes as well."""
    log = home / "output.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=home, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        _wait_until_listening(process, port, log)
        yield
    finally:
        process.kill()
        process.wait()


def _wait_until_listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while is_free(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"no server on port {port}, it wrote:\n{log.read_text(errors='replace')[-4000:]}")
        time.sleep(_POLL_S)
