import signal
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from tests.integration.embedded.observation import processes_in, until


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Path]:
    """A home in which nothing may be left running; what is left in a failed test is killed."""
    home = tmp_path / "home"
    yield home
    try:
        await until(lambda: not processes_in(home))
    finally:
        for pid in processes_in(home):
            psutil.Process(pid).send_signal(signal.SIGKILL)
