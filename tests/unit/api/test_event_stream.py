"""A silent stream keeps its connection alive, and a client that takes nothing loses it without holding anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any, cast

from starlette.types import Message

from api.event_stream import _COMMENT, _CONNECTION, EventStream, _Watch
from api.protocols.protocol_stream import ProtocolStream


class Connection:
    """Of a client that stays; `stalled` from its first frame on it takes nothing until it is cut."""

    def __init__(self, *, stalled: bool = False) -> None:
        self.bodies: list[bytes] = []
        self.took = asyncio.Event()
        self.cut = asyncio.Event()
        self._stalled = stalled

    async def receive(self) -> Message:
        await self.cut.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        if self._stalled and message["type"] == "http.response.body":
            await asyncio.Event().wait()
        self.bodies.append(message.get("body", b""))
        self.took.set()

    def abort(self) -> None:
        """What a transport does at once."""
        self.cut.set()

    @property
    def scope(self) -> dict[str, Any]:
        return {"type": "http", "extensions": {_CONNECTION: {"transport": self}}}


class Frames:
    """One frame, and then silence until it is told to end."""

    def __init__(self) -> None:
        self.end = asyncio.Event()
        self.closed = asyncio.Event()

    async def __call__(self) -> AsyncGenerator[bytes, None]:
        try:
            yield b"data: 1\n\n"
            await self.end.wait()
            yield b"data: 2\n\n"
        finally:
            self.closed.set()


async def test_a_silent_stream_sends_comments_and_then_goes_on() -> None:
    connection, frames = Connection(), Frames()
    stream = EventStream(frames(), {}, heartbeat_s=0.02)
    serving = asyncio.create_task(stream(connection.scope, connection.receive, connection.send))
    async with asyncio.timeout(30):
        while connection.bodies.count(_COMMENT) < 3:
            connection.took.clear()
            await connection.took.wait()
        frames.end.set()
        await serving
    told = [body for body in connection.bodies if body not in (_COMMENT, b"")]
    assert told == [b"data: 1\n\n", b"data: 2\n\n"]
    assert not connection.cut.is_set()


class Time:
    """A loop whose time passes from timer to timer."""

    def __init__(self) -> None:
        self.now = 0.0
        self.due = 0.0

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, _: Callable[[], None]) -> None:
        self.due = self.now + delay

    def create_task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return asyncio.create_task(work)


async def test_no_silence_is_longer_than_a_heartbeat() -> None:
    connection, time = Connection(), Time()
    watch = _Watch({}, connection.send, 15.0, 30.0)
    watch.close()
    watch._loop, watch._last = cast("Any", time), 0.0
    time.now = 0.25
    watch.sent()
    for now in (15.0, 15.25):
        time.now = now
        watch._tick()
    assert time.due == 30.25
    await connection.took.wait()
    assert connection.bodies == [_COMMENT]
    time.now, watch.sending = 40.0, True
    watch._tick()
    assert time.due == 15.25 + 30.0


async def test_a_client_that_takes_nothing_is_cut_and_its_frames_are_let_go() -> None:
    connection, frames = Connection(stalled=True), Frames()
    stream = EventStream(frames(), {}, heartbeat_s=0.02, stall_s=0.05)
    async with asyncio.timeout(30):
        await stream(connection.scope, connection.receive, connection.send)
    assert connection.cut.is_set()
    assert frames.closed.is_set()


async def test_a_client_that_leaves_lets_its_frames_go() -> None:
    connection, frames = Connection(), Frames()
    serving = asyncio.create_task(EventStream(frames(), {})(connection.scope, connection.receive, connection.send))
    async with asyncio.timeout(30):
        await connection.took.wait()
        connection.cut.set()
        await serving
    assert frames.closed.is_set()


async def test_a_stalled_client_of_another_protocol_is_cut_as_well_and_has_left() -> None:
    connection, frames, left = Connection(stalled=True), Frames(), asyncio.Event()

    async def note(_: Any) -> None:
        left.set()

    stream = ProtocolStream(frames(), left=note, stall_s=0.05)
    scope = {**connection.scope, "method": "GET"}
    async with asyncio.timeout(30):
        await stream(scope, connection.receive, connection.send)
    assert connection.cut.is_set()
    assert frames.closed.is_set()
    assert left.is_set()


async def test_who_stops_the_server_stops_the_stream_as_well() -> None:
    connection, frames = Connection(), Frames()
    serving = asyncio.create_task(EventStream(frames(), {})(connection.scope, connection.receive, connection.send))
    async with asyncio.timeout(30):
        await connection.took.wait()
        serving.cancel()
        await asyncio.wait({serving})
    assert serving.cancelled()
    assert frames.closed.is_set()
