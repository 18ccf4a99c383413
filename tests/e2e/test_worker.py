"""`nivesh worker` beside a server: behind other sessions' processes from its start, and gone when told."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.server import Server


def test_it_lets_people_go_first_and_ends_when_told(server: Server) -> None:
    command = [sys.executable, "-m", "api.cli.main", "worker"]
    with subprocess.Popen(
        command,
        env=server.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as worker:
        try:
            assert worker.stderr is not None
            said = next((line for line in worker.stderr if line.startswith("Delivering events.")), None)
            assert said is not None, "it ended by itself"
            priority = Path(f"/proc/{worker.pid}/autogroup")
            behind = priority.read_text() if priority.exists() else None
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        finally:
            worker.kill()
    if behind is None:
        pytest.skip("this kernel does not group processes by session")
    assert behind.endswith("nice 10\n")
