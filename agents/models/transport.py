"""The transport below the openai SDK: HTTP/1.1 at little cost per token.

The SDK keeps everything else: keys, addresses, retries. Its own transport spends ten times the work on each chunk of a
stream, and a token is a chunk.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Final

import httpx2

from agents.models.connection import Connection
from agents.models.request_head import Origin, RequestHead, origin_of

_IDLE_CONNECTIONS: Final = 128

DELIVER: Final = "nivesh.deliver"
"""Of a response's extensions: `Connection.deliver`, the way around asynchronous iterators."""


class StreamingTransport(httpx2.AsyncBaseTransport):
    """Keeps connections per origin and sends requests on them."""

    def __init__(self) -> None:
        self._idle: dict[Origin, list[Connection]] = defaultdict(list)
        self._tls: ssl.SSLContext | None = None

    async def prepare(self, url: httpx2.URL, timeout_s: float | None) -> None:
        """Connect before the first request; OSError or httpx2.TransportError when that fails."""
        origin = origin_of(url)
        self._keep(origin, await self._connect(origin, timeout_s))

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; its response's body is still to come."""
        return await self.send(RequestHead.of(request), await request.aread())

    async def send(self, head: RequestHead, body: bytes) -> httpx2.Response:
        """Send a body after a head. A kept connection that has died is replaced."""
        while kept := self._idle[head.origin]:
            connection = kept.pop()
            if connection.is_closed:
                continue
            try:
                await connection.send(head.before(body), body, head.read_timeout_s)
            except httpx2.ReadError:
                connection.close()
                continue
            except BaseException:
                connection.close()
                raise
            return self._response(head.origin, connection)
        connection = await self._connect(head.origin, head.connect_timeout_s)
        try:
            await connection.send(head.before(body), body, head.read_timeout_s)
        except BaseException:
            connection.close()
            raise
        return self._response(head.origin, connection)

    async def aclose(self) -> None:
        """Close the kept connections."""
        for connections in self._idle.values():
            for connection in connections:
                connection.close()
        self._idle.clear()

    def _response(self, origin: Origin, connection: Connection) -> httpx2.Response:
        return httpx2.Response(
            connection.status,
            headers=connection.headers,
            stream=_Body(self, origin, connection),
            extensions={"http_version": b"HTTP/1.1", DELIVER: connection.deliver},
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
