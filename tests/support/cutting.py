"""A way to a server that breaks after so many bytes of what the server says."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url

_CHUNK = 65_536


class Cutter:
    """Lets everything pass, until it is told when to cut: once, whichever connection it is."""

    def __init__(self, host: str, port: int) -> None:
        self._server = host, port
        self._left: int | None = None

    def cut_after(self, count: int) -> None:
        """Let so many bytes of the server's pass, one or more, and then break that connection off."""
        self._left = count

    def has_cut(self) -> bool:
        """Whether it has; from now on everything passes again."""
        cut, self._left = self._left is None, None
        return cut

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, both ways."""
        answers, questions = await asyncio.open_connection(*self._server)
        asking = asyncio.create_task(_pump(reader, questions))
        with contextlib.suppress(OSError):
            broken = False
            while not broken and (told := await answers.read(_CHUNK)):
                passing, broken = self._pass(told)
                writer.write(passing)
                await writer.drain()
        asking.cancel()
        for end in (writer, questions):
            end.transport.abort()

    def _pass(self, told: bytes) -> tuple[bytes, bool]:
        """What still passes of it, and whether it is cut there."""
        if self._left is None:
            return told, False
        passing = told[: self._left]
        self._left = self._left - len(passing) or None
        return passing, self._left is None


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(_CHUNK):
            writer.write(chunk)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def cutting(url: str) -> AsyncIterator[tuple[str, Cutter]]:
    """The same database by a way that can be cut."""
    parsed = make_url(url)
    assert parsed.host is not None
    assert parsed.port is not None
    cutter = Cutter(parsed.host, parsed.port)
    async with await asyncio.start_server(cutter.serve, "127.0.0.1", 0) as server:
        through = parsed.set(host="127.0.0.1", port=server.sockets[0].getsockname()[1])
        yield through.render_as_string(hide_password=False), cutter
