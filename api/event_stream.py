"""Sending server-sent events: frames straight to the connection, heartbeats, no patience with stalled clients."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Final

import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.middleware.asgi import FRAMES

log = structlog.get_logger(__name__)

HEARTBEAT_S: Final = 15.0
STALL_S: Final = 30.0
_COMMENT: Final = b": still here\n\n"
_CONNECTION: Final = "nivesh.connection"


class StreamingProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which also shows the application its connection, so that a stalled one can be cut."""

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.scope["extensions"] = {_CONNECTION: {"transport": self.transport}}


class EventStream(Response):
    """Sends frames as they come. What a client does not take in 30 s costs it the connection; it may resume.

    The frames wait in their log, not here: beyond the socket's own buffers nothing is kept for a slow client. A comment
    every 15 s keeps proxies from closing a silent stream (WHATWG HTML, section 9.2.7).
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        frames: AsyncGenerator[bytes, None],
        headers: Mapping[str, str],
        *,
        heartbeat_s: float = HEARTBEAT_S,
        stall_s: float = STALL_S,
    ) -> None:
        self._frames = frames
        self._heartbeat_s = heartbeat_s
        self._stall_s = stall_s
        self.status_code = 200
        self.background = None
        self.init_headers({"Cache-Control": "no-store", "X-Accel-Buffering": "no", **headers})

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """An event stream has no length."""
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in (headers or {}).items()]
        self.raw_headers = [(b"content-type", b"text/event-stream; charset=utf-8"), *raw]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the frames end, or the client leaves or stalls."""
        serving = asyncio.current_task()
        if serving is None:
            raise RuntimeError("a stream is sent in a task")
        leaving = asyncio.create_task(_cancel_once_left(receive, serving))
        try:
            await self._send_all(scope, send)
        except asyncio.CancelledError:
            # That the client left ends the stream only; who stops the server ends the task as well.
            if not leaving.done() or serving.uncancel():
                raise
        finally:
            leaving.cancel()

    async def _send_all(self, scope: Scope, send: Send) -> None:
        watch = _Watch(scope, send, self._heartbeat_s, self._stall_s)
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        send = scope.get(FRAMES, send)
        async with contextlib.aclosing(self._frames) as frames:
            try:
                async for body in frames:
                    watch.sending = True
                    await send({"type": "http.response.body", "body": body, "more_body": True})
                    watch.sent()
            finally:
                watch.close()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _Watch:
    """One timer per stream, for heartbeats and stalls."""

    def __init__(self, scope: Scope, send: Send, heartbeat_s: float, stall_s: float) -> None:
        self.sending = False
        self._send = send
        self._scope = scope
        self._heartbeat_s = heartbeat_s
        self._stall_s = stall_s
        self._loop = asyncio.get_running_loop()
        self._last = self._loop.time()
        self._comment: asyncio.Task[None] | None = None
        self._timer = self._loop.call_later(min(heartbeat_s, stall_s), self._tick)

    def sent(self) -> None:
        """Something was taken by the connection."""
        self.sending = False
        self._last = self._loop.time()

    def close(self) -> None:
        """The stream ends."""
        self._timer.cancel()
        if self._comment is not None:
            self._comment.cancel()

    def _tick(self) -> None:
        quiet_s = self._loop.time() - self._last
        due_s = self._heartbeat_s
        if self.sending or (self._comment is not None and not self._comment.done()):
            if quiet_s >= self._stall_s and abort(self._scope):
                log.info("stream.stalled", quiet_s=round(quiet_s, 1))
                return
            due_s = self._stall_s
        elif quiet_s >= due_s:
            self._comment = self._loop.create_task(self._beat())
        self._timer = self._loop.call_later(due_s - quiet_s if quiet_s < due_s else due_s, self._tick)

    async def _beat(self) -> None:
        await self._send({"type": "http.response.body", "body": _COMMENT, "more_body": True})
        self._last = self._loop.time()


def abort(scope: Scope) -> bool:
    """Cut the request's connection, what waits to be sent included; whether the server has shown it."""
    transport: Any = scope.get("extensions", {}).get(_CONNECTION, {}).get("transport")
    if transport is None:
        return False
    transport.abort()
    return True


async def _cancel_once_left(receive: Receive, serving: asyncio.Task[Any]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    serving.cancel()
