"""The transport below the openai SDK: HTTP/1.1 whose bytes are handed on as they came, at little cost per token.

The SDK keeps everything else: keys, addresses, retries. Its own transport spends ten times the work on each chunk of a
stream, and a token is a chunk. A parser in C (httptools) takes the framing off; what arrived together stays together.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any, Final, cast

import httpx2
from httptools import HttpParserError, HttpResponseParser

_BUFFERED: Final = 256 * 1024
_IDLE_CONNECTIONS: Final = 128

Origin = tuple[str, str, int]


class Connection(asyncio.Protocol):
    """One kept-alive connection, one request at a time. Errors are httpx2's, as the SDK expects them."""

    status: int
    headers: list[tuple[bytes, bytes]]
    _parser: HttpResponseParser
    _transport: asyncio.Transport
    _pieces: list[bytes]
    _size: int
    _done: bool
    _until_close: bool
    _keep_alive: bool
    _failure: httpx2.TransportError | None
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

    def connection_lost(self, error: Exception | None) -> None:
        """The other side is gone: the end of a body without a length, or a failure."""
        self.is_closed = True
        if self._done or self._failure is not None:
            return
        if self.status and self._until_close and error is None:
            self._done = True
        else:
            self._failure = httpx2.ReadError(f"the connection was lost: {error or 'closed by the other side'}")
        self._wake()

    def data_received(self, data: bytes) -> None:
        """Take the framing off."""
        self._last = self._loop.time()
        try:
            self._parser.feed_data(data)
        except HttpParserError as error:
            self._failure = httpx2.RemoteProtocolError(f"not HTTP: {error}")
            self.close()
        if self._size > _BUFFERED:
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

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body as it comes; what came since the last time in one piece."""
        while True:
            if self._pieces:
                pieces, self._pieces, self._size = self._pieces, [], 0
                self._transport.resume_reading()
                yield pieces[0] if len(pieces) == 1 else b"".join(pieces)
            elif self._done and self._failure is None:
                return
            else:
                self._check()
                await self._wait()

    @property
    def is_reusable(self) -> bool:
        """Whether another request may be sent on it."""
        return not self.is_closed and self._done and self._failure is None and self._keep_alive

    def rest(self) -> None:
        """No request is under way: nothing is waited for."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def close(self) -> None:
        """Close at once."""
        self.is_closed = True
        self.rest()
        self._transport.abort()

    def _begin(self, read_timeout_s: float | None) -> None:
        """Expect a response."""
        self._parser = HttpResponseParser(self)
        self.status = 0
        self.headers = []
        self._pieces = []
        self._size = 0
        self._done, self._until_close, self._keep_alive = False, True, False
        self._failure = None
        self._last, self._read_timeout_s = self._loop.time(), read_timeout_s

    def _watch(self) -> None:
        """One timer for all reads, moved when it fires: none is made for each token."""
        if self._read_timeout_s is None or self._done:
            return
        due = self._last + self._read_timeout_s
        if due <= self._loop.time():
            self._failure = httpx2.ReadTimeout("nothing was received in time")
            self._wake()
        else:
            self._timer = self._loop.call_at(due, self._watch)

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
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


class StreamingTransport(httpx2.AsyncBaseTransport):
    """Keeps connections per origin and sends requests on them."""

    def __init__(self) -> None:
        self._idle: dict[Origin, list[Connection]] = defaultdict(list)
        self._tls: ssl.SSLContext | None = None

    async def prepare(self, url: httpx2.URL, timeout_s: float) -> None:
        """Connect before the first request; OSError or httpx2.TransportError when that fails."""
        origin = _origin(url)
        self._keep(origin, await self._connect(origin, timeout_s))

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; its response's body is still to come. A kept connection that has died is replaced."""
        origin = _origin(request.url)
        timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
        head, body = _head(request), await request.aread()
        while kept := self._idle[origin]:
            connection = kept.pop()
            if connection.is_closed:
                continue
            try:
                await connection.send(head, body, timeouts.get("read"))
            except httpx2.ReadError:
                connection.close()
                continue
            except BaseException:
                connection.close()
                raise
            return self._response(request, origin, connection)
        connection = await self._connect(origin, timeouts.get("connect"))
        try:
            await connection.send(head, body, timeouts.get("read"))
        except BaseException:
            connection.close()
            raise
        return self._response(request, origin, connection)

    async def aclose(self) -> None:
        """Close the kept connections."""
        for connections in self._idle.values():
            for connection in connections:
                connection.close()
        self._idle.clear()

    def _response(self, request: httpx2.Request, origin: Origin, connection: Connection) -> httpx2.Response:
        return httpx2.Response(
            connection.status,
            headers=connection.headers,
            stream=_Body(self, origin, connection),
            extensions={"http_version": b"HTTP/1.1"},
            request=request,
        )

    async def _connect(self, origin: Origin, timeout_s: float | None) -> Connection:
        scheme, host, port = origin
        tls = self._tls_context() if scheme == "https" else None
        try:
            async with asyncio.timeout(timeout_s):
                _, connection = await asyncio.get_running_loop().create_connection(Connection, host, port, ssl=tls)
        except TimeoutError as error:
            raise httpx2.ConnectTimeout(f"connecting to {host} took too long") from error
        except OSError as error:
            raise httpx2.ConnectError(f"could not connect to {host}:{port}: {error}") from error
        return connection

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx2.create_ssl_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls

    def give_back(self, origin: Origin, connection: Connection) -> None:
        """Keep a connection whose response was read to its end; close any other."""
        connection.rest()
        if connection.is_reusable:
            self._keep(origin, connection)
        else:
            connection.close()

    def _keep(self, origin: Origin, connection: Connection) -> None:
        if len(self._idle[origin]) < _IDLE_CONNECTIONS:
            self._idle[origin].append(connection)
        else:
            connection.close()


class _Body(httpx2.AsyncByteStream):
    """The body of a response; closing it gives the connection back."""

    def __init__(self, transport: StreamingTransport, origin: Origin, connection: Connection) -> None:
        self._transport = transport
        self._origin = origin
        self._connection: Connection | None = connection

    def __aiter__(self) -> AsyncIterator[bytes]:
        if self._connection is None:
            raise httpx2.StreamClosed
        return self._connection.pieces()

    async def aclose(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            self._transport.give_back(self._origin, connection)


def _origin(url: httpx2.URL) -> Origin:
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


def _head(request: httpx2.Request) -> bytes:
    target: Any = request.url.raw_path
    lines = [b"%b %b HTTP/1.1" % (request.method.encode(), target)]
    lines += [b"%b: %b" % header for header in request.headers.raw]
    return b"\r\n".join(lines) + b"\r\n\r\n"
