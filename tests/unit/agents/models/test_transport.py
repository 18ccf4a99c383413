"""The transport against a server of raw bytes."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx2
import pytest

from agents.models.transport import DELIVER, StreamingTransport

Read = Callable[[httpx2.Response], Awaitable[bytes]]
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def client_of(handler: Handler, read_s: float = 5) -> AsyncIterator[httpx2.AsyncClient]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    timeout = httpx2.Timeout(read_s)
    async with (
        server,
        httpx2.AsyncClient(
            transport=StreamingTransport(), base_url=f"http://127.0.0.1:{port}", timeout=timeout
        ) as client,
    ):
        yield client


async def asked_for(response: httpx2.Response) -> bytes:
    return b"".join([part async for part in response.aiter_bytes()])


async def handed_over(response: httpx2.Response) -> bytes:
    parts: list[bytes] = []
    await response.extensions[DELIVER](parts.append)
    return b"".join(parts)


both_ways = pytest.mark.parametrize("read", [asked_for, handed_over])


async def request_of(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = (
        int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]) if b"content-length" in head.lower() else 0
    )
    return head + await reader.readexactly(length)


async def test_a_flood_comes_in_pieces_that_hold_nobody_up() -> None:
    flood = 4 * 1024 * 1024
    pieces: list[int] = []

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % flood + bytes(flood))
        await writer.drain()

    async with client_of(handler) as client, client.stream("POST", "/v1", content=b"{}") as response:
        await response.extensions[DELIVER](lambda data: pieces.append(len(data)))
    assert sum(pieces) == flood
    assert max(pieces[1:]) <= 64 * 1024


def chunked(chunks: int) -> bytes:
    return b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + b"4\r\nword\r\n" * chunks


async def test_of_many_chunks_some_are_handed_over_at_a_time() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(2):
            await request_of(reader)
            writer.write(chunked(1000) + b"0\r\n\r\n")

    pieces: list[bytes] = []
    async with client_of(handler) as client:
        for _ in range(2):
            async with client.stream("POST", "/v1", content=b"{}") as response:
                await response.extensions[DELIVER](pieces.append)
    assert b"".join(pieces) == b"word" * 2000
    assert max(map(len, pieces)) <= 40 * 4


@pytest.mark.parametrize("hears", [10**6, 100])
async def test_what_came_before_a_break_is_handed_over_unless_enough_was_heard(hears: int) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(chunked(1000))

    heard: list[bytes] = []

    def take(data: bytes) -> None:
        heard.append(data)
        if len(heard) * 40 > hears:
            raise LookupError

    async with client_of(handler) as client, client.stream("POST", "/v1", content=b"{}") as response:
        with pytest.raises(httpx2.ReadError if hears > 1000 else LookupError):
            await response.extensions[DELIVER](take)
    assert (len(b"".join(heard)) == 4000) is (hears > 1000)


@both_ways
async def test_a_chunked_body_comes_as_it_was_sent_and_the_connection_is_used_again(read: Read) -> None:
    connections = 0

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            assert (await request_of(reader)).endswith(b'{"a":1}')
            writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-test: yes\r\n\r\n")
            for piece in (b"one", b"two"):
                writer.write(b"%x\r\n%b\r\n" % (len(piece), piece))
                await writer.drain()
            writer.write(b"0\r\n\r\n")

    async with client_of(handler) as client:
        for _ in range(3):
            async with client.stream("POST", "/v1", content=b'{"a":1}') as response:
                assert response.headers["x-test"] == "yes"
                assert await read(response) == b"onetwo"
    assert connections == 1


@both_ways
@pytest.mark.parametrize("interim", [b"", b"HTTP/1.1 100 Continue\r\n\r\n"])
async def test_a_body_may_end_with_its_length_or_with_the_connection(read: Read, interim: bytes) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        sized = b"/sized" in await request_of(reader)
        writer.write(interim + b"HTTP/1.1 200 OK\r\n" + (b"content-length: 4\r\n\r\n" if sized else b"\r\n") + b"body")

    async with client_of(handler) as client:
        for path in ("/sized", "/until-the-end"):
            async with client.stream("GET", path) as response:
                assert await read(response) == b"body"


async def test_a_kept_connection_that_died_is_replaced() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")

    async with client_of(handler) as client:
        for _ in range(3):
            assert (await client.get("/")).text == "ok"


@both_ways
async def test_a_body_that_is_cut_is_an_error(read: Read) -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart")

    async with client_of(handler) as client, client.stream("GET", "/") as response:
        with pytest.raises(httpx2.ReadError):
            await read(response)


async def test_who_has_heard_enough_gets_no_more_and_the_connection_is_not_used_again() -> None:
    connections = 0

    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\npart")
        await reader.read()

    def enough(_: bytes) -> None:
        raise LookupError("enough")

    async with client_of(handler) as client:
        for _ in range(2):
            async with client.stream("GET", "/") as response:
                with pytest.raises(LookupError, match="enough"):
                    await response.extensions[DELIVER](enough)
    assert connections == 2


async def test_a_kept_connection_holds_nothing_of_who_heard_it_last() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody")
        await reader.read()

    class Listener:
        def hear(self, _: bytes) -> None: ...

    listener = Listener()
    known = weakref.ref(listener)
    async with client_of(handler) as client:
        async with client.stream("GET", "/") as response:
            await response.extensions[DELIVER](listener.hear)
        del listener, response
        gc.collect()
        assert known() is None


async def test_silence_in_the_middle_of_what_is_handed_over_is_a_timeout() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\npart")
        await reader.read()

    async with client_of(handler, read_s=0.05) as client, client.stream("GET", "/") as response:
        with pytest.raises(httpx2.ReadTimeout):
            await handed_over(response)


async def test_silence_is_a_timeout() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        await reader.read()

    async with client_of(handler, read_s=0.05) as client:
        with pytest.raises(httpx2.ReadTimeout):
            await client.get("/")


async def test_what_is_not_http_is_told() -> None:
    async def handler(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"SSH-2.0-hello\r\n\r\n")

    async with client_of(handler) as client:
        with pytest.raises(httpx2.RemoteProtocolError):
            await client.get("/")


async def test_nobody_there_is_a_connection_error() -> None:
    async with httpx2.AsyncClient(transport=StreamingTransport()) as client:
        with pytest.raises(httpx2.ConnectError):
            await client.get("http://127.0.0.1:1/")
