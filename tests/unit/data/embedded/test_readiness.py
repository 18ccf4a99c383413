import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from data.embedded import readiness


@asynccontextmanager
async def _server(reply: bytes) -> AsyncIterator[int]:
    """A server that answers the first bytes of every connection with `reply` and closes it."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4096)
        writer.write(reply)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def _postgres(port: int) -> Awaitable[bool]:
    return readiness.postgres_answers(port, "nivesh", "nivesh")


def _redis(port: int) -> Awaitable[bool]:
    return readiness.redis_answers(port, "secret")


@pytest.mark.parametrize(
    ("answers", "reply", "expected"),
    [
        (_postgres, b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0", True),
        (_postgres, b"E\0\0\0\x50SFATAL\0C57P03\0Mthe database system is starting up\0\0", False),
        (_postgres, b"", False),
        (_redis, b"+OK\r\n+PONG\r\n", True),
        (_redis, b"+OK\r\n-LOADING Valkey is loading the dataset in memory\r\n", False),
        (_redis, b"-WRONGPASS invalid username-password pair\r\n+PONG\r\n", False),
        (readiness.mongo_answers, bytes(25) + b"\x01ok\0" + b"\0\0\0\0\0\0\xf0\x3f", True),
        (readiness.mongo_answers, bytes(25) + b"\x01ok\0" + b"\0\0\0\0\0\0\0\0", False),
    ],
)
async def test_only_the_expected_answer_counts(
    answers: Callable[[int], Awaitable[bool]], reply: bytes, expected: bool
) -> None:
    async with _server(reply) as port:
        assert await answers(port) is expected


@pytest.mark.parametrize(
    ("bolt", "http", "expected"),
    [
        (b"\0\0\4\4", b"HTTP/1.1 204 No Content\r\n\r\n", True),
        (b"\0\0\0\0", b"HTTP/1.1 204 No Content\r\n\r\n", False),
        (b"", b"HTTP/1.1 204 No Content\r\n\r\n", False),
        (b"\0\0\4\4", b"HTTP/1.1 503 Service Unavailable\r\n\r\n", False),
    ],
)
async def test_the_graph_is_ready_when_both_its_sides_are(bolt: bytes, http: bytes, expected: bool) -> None:
    async with _server(bolt) as bolt_port, _server(http) as http_port:
        assert await readiness.graph_answers(bolt_port, http_port) is expected


async def test_asking_goes_on_until_somebody_listens_and_says_yes() -> None:
    results: list[bool | Exception] = [ConnectionRefusedError(), TimeoutError(), False, True]
    asked = 0

    async def answers() -> bool:
        nonlocal asked
        result = results[asked]
        asked += 1
        if isinstance(result, Exception):
            raise result
        return result

    await readiness.until_ready(answers)

    assert asked == 4
