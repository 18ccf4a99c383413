"""Other nivesh processes, started and ended by the tests."""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from data.embedded import Engine

ROOT = Path(__file__).parents[3]


class User:
    """One process that uses the engines."""

    def __init__(self, process: Process) -> None:
        self._process = process

    async def ports(self) -> dict[str, int]:
        """The ports it was given, once its engines are up."""
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        ports: dict[str, int] = json.loads(line)
        return ports

    async def leave(self) -> int:
        """Let it leave in good order; its exit code."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        return await self._process.wait()

    async def kill(self) -> None:
        """kill -9."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def user(
    home: Path, engines: Iterable[Engine], prefix: Sequence[str] = (), environment: dict[str, str] | None = None
) -> AsyncIterator[User]:
    """A user of the engines, killed at the end if it has not left by then. `prefix` is put before its command."""
    module = ("-m", "tests.integration.embedded.user_process")
    command = (*prefix, sys.executable, *module, str(home), ",".join(engines))
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, cwd=ROOT, env={**os.environ, **(environment or {})}
    )
    someone = User(process)
    try:
        yield someone
    finally:
        await someone.kill()
