"""When a connection looks at what it has received."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx2
import pytest

from agents.models.connection import Connection

HEAD = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"


class Plug(asyncio.Transport):
    """A socket of which the test says what comes in."""

    def __init__(self) -> None:
        super().__init__()
        self._paused = False

    def was_paused(self) -> bool:
        return self._paused

    def writelines(self, list_of_data: object) -> None: ...

    def pause_reading(self) -> None:
        self._paused = True

    def resume_reading(self) -> None:
        self._paused = False

    def abort(self) -> None: ...


class Answering:
    """A response whose body is handed over when the test says so."""

    def __init__(self, read_timeout_s: float | None = None) -> None:
        self.heard: list[bytes] = []
        self.due: list[Callable[[], None]] = []
        self.plug = Plug()
        self.connection = Connection()
        self.connection.connection_made(self.plug)
        self._read_timeout_s = read_timeout_s

    async def begin(self) -> asyncio.Task[None]:
        """Who asks has heard the head, and waits for the body."""
        asking = asyncio.create_task(self.connection.send(b"POST", b"{}", self._read_timeout_s))
        await asyncio.sleep(0)
        self.connection.data_received(HEAD)
        await asking
        delivering = asyncio.create_task(self.connection.deliver(self.heard.append, self.due.append))
        await asyncio.sleep(0)
        return delivering

    def look(self) -> None:
        """The moment has come."""
        due = list(self.due)
        self.due.clear()
        for work in due:
            work()


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


async def test_what_came_until_the_moment_is_looked_at_together() -> None:
    answer = Answering()
    delivering = await answer.begin()
    for data in (chunk(b"You "), chunk(b"have "), END):
        answer.connection.data_received(data)
    assert answer.heard == []
    assert len(answer.due) == 1
    answer.look()
    await delivering
    assert answer.heard == [b"You have "]
    assert answer.connection.is_reusable


async def test_what_was_not_looked_at_when_the_connection_broke_is_heard() -> None:
    answer = Answering()
    delivering = await answer.begin()
    answer.connection.data_received(chunk(b"You ") + chunk(b"have "))
    answer.connection.connection_lost(ConnectionResetError())
    with pytest.raises(httpx2.ReadError):
        await delivering
    answer.look()
    assert answer.heard == [b"You have "]


async def test_more_than_may_wait_is_not_read() -> None:
    answer = Answering()
    delivering = await answer.begin()
    for _ in range(2):
        answer.connection.data_received(chunk(bytes(20 * 1024)))
    assert answer.plug.was_paused()
    answer.look()
    assert not answer.plug.was_paused()
    answer.connection.data_received(END)
    answer.look()
    await delivering


async def test_who_leaves_hears_nothing_of_what_was_not_looked_at() -> None:
    answer = Answering()
    delivering = await answer.begin()
    answer.connection.data_received(chunk(b"You "))
    delivering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await delivering
    assert not answer.connection.is_reusable
    answer.connection.close()
    answer.look()
    assert answer.heard == []


async def test_a_moment_that_is_late_is_not_the_other_sides_silence() -> None:
    answer = Answering(read_timeout_s=0.02)
    delivering = await answer.begin()
    answer.connection.data_received(chunk(b"You "))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.06):
            await asyncio.shield(delivering)
    answer.look()
    with pytest.raises(httpx2.ReadTimeout):
        await delivering
    assert answer.heard == [b"You "]
