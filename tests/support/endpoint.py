"""The benchmark's scripted model endpoint as a process, for tests that need a slow answer."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.server import free_port


@contextmanager
def scripted_endpoint() -> Iterator[str]:
    """Its base URL. What it answers is written in the question, see `benchmarks.streams.upstream`."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.streams.upstream", str(port)])
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError("the endpoint did not start")
