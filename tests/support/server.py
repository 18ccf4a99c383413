"""`nivesh serve` as a process of its own, as its users run it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

START_TIMEOUT_S = 120


class Server:
    """A server on `home`; entering waits until it is ready, leaving ends it as Ctrl-C would.

    `kill` is kill -9; the next `start` then finds what was left.
    """

    def __init__(self, home: Path, *, only: str = "", **settings: str) -> None:
        self.home = home
        self._command = ("serve", "--only", only) if only else ("serve",)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("NIVESH_")}
        self.environment = {
            **inherited,
            "NIVESH_HOME": str(home),
            "NIVESH_RATE_LIMIT_PER_MINUTE": "0",
            **{f"NIVESH_{key.upper()}": value for key, value in settings.items()},
        }

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start and wait until every store is ready."""
        with (self.home / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "api.cli.main", *self._command, "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + START_TIMEOUT_S
        # One client: making one reads all certificates, which takes from the server more than asking does.
        with httpx.Client(base_url=self.url, timeout=5) as http:
            while not _is_ready(http):
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the server did not start:\n{(self.home / 'serve.log').read_text()[-4000:]}")
                time.sleep(0.05)

    def stop(self) -> int:
        """End it with SIGTERM; its exit code."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def _is_ready(http: httpx.Client) -> bool:
    try:
        return http.get("/health/ready").is_success
    except httpx.TransportError:
        return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
