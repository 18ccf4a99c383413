"""One HTTP/1.1 connection whose bytes are handed on as they came, at little cost per token.

A parser in C (httptools) takes the framing off; what arrived together stays together.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from typing import Final, cast

import httpx2
from httptools import HttpParserError, HttpResponseParser

_BUFFERED: Final = 256 * 1024
# A model that speaks faster than anybody reads would hold up all other streams while its words are looked at. So little
# is read at once (over a way of a quarter of a second it is still some hundred tokens a second), and of that so many
# pieces are handed over before the others have their turn.
_READ: Final = 32 * 1024
_HANDED: Final = 40

Take = Callable[[bytes], None]
Later = Callable[[Callable[[], None]], None]


def at_once(work: Callable[[], None]) -> None:
    """Of all moments to look at what was received, this one."""
    work()


class Connection(asyncio.Protocol):
    """One kept-alive connection, one request at a time. Errors are httpx2's, as the SDK expects them."""

    status: int
    headers: list[tuple[bytes, bytes]]
    _parser: HttpResponseParser
    _transport: asyncio.Transport
    _unseen: bytes
    _later: Later
    _pieces: list[bytes]
    _size: int
    _done: bool
    _until_close: bool
    _keep_alive: bool
    _failure: Exception | None
    _take: Take | None
    _last: float
    _read_timeout_s: float | None

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.is_closed = False
        self._begin(None)
        self._done = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected; uvloop's transports are no subclass of asyncio's."""
        self._transport = cast("asyncio.Transport", transport)
        if (plug := transport.get_extra_info("socket")) is not None:
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _READ)

    def connection_lost(self, error: Exception | None) -> None:
        """The other side is gone: the end of a body without a length, or a failure."""
        self.is_closed = True
        self._look()
        if self._take is not None and self._failure is None:
            self._hand_over(self._take)
        if not self._done and self._failure is None:
            if self.status and self._until_close and error is None:
                self._done = True
            else:
                self._failure = httpx2.ReadError(f"the connection was lost: {error or 'closed by the other side'}")
        self._wake()

    def data_received(self, data: bytes) -> None:
        """Look at it now, or with what else comes until then."""
        self._last = self._loop.time()
        is_first = not self._unseen
        self._unseen += data
        if is_first:
            self._later(self._look)
        elif len(self._unseen) > _READ:
            self._transport.pause_reading()

    def _look(self) -> None:
        """Take the framing off."""
        data, self._unseen = self._unseen, b""
        if not data:
            return
        if len(data) > _READ and not self.is_closed:
            self._transport.resume_reading()
        try:
            self._parser.feed_data(data)
        except HttpParserError as error:
            self._failure = httpx2.RemoteProtocolError(f"not HTTP: {error}")
            self.close()
        if self._take is not None:
            self._hand_over(self._take)
        elif self._size > _BUFFERED:
            self._transport.pause_reading()
        self._wake()

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header of the response."""
        self.headers.append((name, value))
        if name.lower() in {b"content-length", b"transfer-encoding"}:
            self._until_close = False

    def on_headers_complete(self) -> None:
        """The head is there; interim responses (1xx) are passed over."""
        status = self._parser.get_status_code()
        if status >= 200:
            self.status = status
            # Asked now: once the message is complete the parser has forgotten how it was framed.
            self._keep_alive = self._parser.should_keep_alive()
        else:
            self.headers, self._until_close = [], True

    def on_body(self, body: bytes) -> None:
        """Some of the body."""
        self._pieces.append(body)
        self._size += len(body)

    def on_message_complete(self) -> None:
        """The response is whole."""
        if self.status:
            self._done = True

    async def send(self, head: bytes, body: bytes, read_timeout_s: float | None) -> None:
        """Send a request and wait for the head of its response."""
        self._begin(read_timeout_s)
        self._transport.writelines((head, body))
        self._watch()
        while not self.status:
            self._check()
            await self._wait()

    async def deliver(self, take: Take, later: Later = at_once) -> None:
        """Give the body to `take` as it comes, when `later` says so, and return at its end.

        What `take` raises ends the response, and is raised from here.
        """
        self._take, self._later = take, later
        try:
            self._hand_over(take)
            self._transport.resume_reading()
            while not self._done or self._pieces or self._failure is not None:
                self._check()
                await self._wait()
        finally:
            # A kept connection would hold all that its last listener knows, a whole turn.
            self._take, self._later = None, at_once

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it is asked for; what came since the last time in one piece."""
        while True:
            if self._pieces:
                yield self._come()
                self._transport.resume_reading()
            elif self._done and self._failure is None:
                return
            else:
                self._check()
                await self._wait()

    @property
    def is_reusable(self) -> bool:
        """Whether another request may be sent on it."""
        is_read = self._done and not self._pieces and not self._unseen
        return is_read and not self.is_closed and self._failure is None and self._keep_alive

    def rest(self) -> None:
        """No request is under way: nothing is waited for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def close(self) -> None:
        """Close at once."""
        self.is_closed = True
        self._unseen = b""
        self.rest()
        self._transport.abort()

    def _begin(self, read_timeout_s: float | None) -> None:
        """Expect a response."""
        self._parser = HttpResponseParser(self)
        self.status = 0
        self.headers = []
        self._unseen, self._later = b"", at_once
        self._pieces = []
        self._size = 0
        self._done, self._until_close, self._keep_alive = False, True, False
        self._failure = self._take = None
        self._last, self._read_timeout_s = self._loop.time(), read_timeout_s

    def _watch(self) -> None:
        """One timer for all reads, moved when it fires: none is made for each token."""
        if self._read_timeout_s is None or self._done:
            return
        if self._unseen:
            # It is not the other side that is late.
            self._last = self._loop.time()
        due = self._last + self._read_timeout_s
        if due <= self._loop.time():
            self._failure = httpx2.ReadTimeout("nothing was received in time")
            self._wake()
        else:
            self._timer = self._loop.call_at(due, self._watch)

    def _come(self) -> bytes:
        pieces, self._pieces, self._size = self._pieces, [], 0
        return _joined(pieces)

    def _hand_over(self, take: Take) -> None:
        if not self._pieces:
            return
        many = len(self._pieces) if self.is_closed else _HANDED
        some, self._pieces = self._pieces[:many], self._pieces[many:]
        try:
            take(_joined(some))
        except Exception as error:
            self._failure = error
            self.close()
            return
        if self._pieces and not self.is_closed:
            self._transport.pause_reading()
            self._loop.call_soon(self._go_on)

    def _go_on(self) -> None:
        """Hand over more of what was read, now that the others have had their turn."""
        if self._take is None or self.is_closed:
            return
        self._hand_over(self._take)
        if not self._pieces and not self.is_closed:
            self._transport.resume_reading()
        self._wake()

    def _check(self) -> None:
        if self._failure is not None:
            raise self._failure

    async def _wait(self) -> None:
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        """Let the reader go on; of a body that is handed over it waits for the end only."""
        if self._take is not None and (not self._done or self._pieces) and self._failure is None:
            return
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


def _joined(parts: list[bytes]) -> bytes:
    return parts[0] if len(parts) == 1 else b"".join(parts)
