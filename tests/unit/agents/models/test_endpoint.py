"""The endpoint against a server of raw bytes: what is sent, how often, and whose errors come back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import openai
import pytest
from openai import Timeout

from agents.models.endpoint import Endpoint

OK = b"HTTP/1.1 200 OK\r\nset-cookie: seen=once\r\ncontent-length: 2\r\n\r\nok"
BUSY = (
    b"HTTP/1.1 429 Busy\r\ncontent-type: application/json\r\nretry-after: 7\r\ncontent-length: 34\r\n\r\n"
    b'{"error": {"message": "too many"}}'
)
MOVED = b"HTTP/1.1 307 Moved\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n"
BROKEN = b"SSH-2.0-hello\r\n\r\n"
SILENCE = b""


@dataclass(slots=True)
class Server:
    """Answers with its replies, one after the other."""

    replies: Sequence[bytes]
    heads: list[list[bytes]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                self.heads.append(head.split(b"\r\n"))
                self.bodies.append(await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0])))
                writer.write(self.replies[len(self.bodies) - 1])
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    @property
    def paths(self) -> list[bytes]:
        return [head[0].split(b" ")[1] for head in self.heads]


@asynccontextmanager
async def asked(*replies: bytes, read_s: float = 5) -> AsyncIterator[tuple[Endpoint, Server]]:
    scripted = Server(replies)
    server = await asyncio.start_server(scripted.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    endpoint = Endpoint(base_url=url, api_key="secret", timeout=Timeout(read_s))
    async with server:
        yield endpoint, scripted
        await endpoint.close()


async def answer_of(endpoint: Endpoint, body: bytes = b"{}") -> bytes:
    response = await endpoint.send(body)
    return await response.aread()


async def test_what_the_sdk_composed_is_sent_again_before_another_body() -> None:
    async with asked(OK, OK) as (endpoint, server):
        assert [await answer_of(endpoint, body) for body in (b'{"a": 1}', b'{"another": 2}')] == [b"ok", b"ok"]
    first, second = server.heads
    assert first[0] == b"post /v1/chat/completions http/1.1"
    assert b"authorization: bearer secret" in first
    assert b"content-length: 8" in first
    assert b"content-length: 14" in second
    assert [line for line in first if b"length" not in line] == [line for line in second if b"length" not in line]
    assert server.bodies == [b'{"a": 1}', b'{"another": 2}']
    assert server.connections == 1


@pytest.mark.parametrize("before", [0, 1])
async def test_a_refusal_is_the_sdks_error_and_nothing_is_sent_twice(before: int) -> None:
    async with asked(*[OK] * before, BUSY, OK) as (endpoint, server):
        for _ in range(before):
            await answer_of(endpoint)
        with pytest.raises(openai.RateLimitError, match="429 - too many") as raised:
            await endpoint.send(b"{}")
        assert raised.value.response.headers["retry-after"] == "7"
        assert await answer_of(endpoint) == b"ok"
    assert len(server.bodies) == before + 2
    assert server.connections == 1


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize(
    ("reply", "error"),
    [(BROKEN, openai.APIConnectionError), (SILENCE, openai.APITimeoutError)],
    ids=["broken", "silent"],
)
async def test_a_failure_is_the_sdks_error(before: int, reply: bytes, error: type[openai.APIError]) -> None:
    async with asked(*[OK] * before, reply, read_s=0.05) as (endpoint, server):
        for _ in range(before):
            await answer_of(endpoint)
        with pytest.raises(error):
            await endpoint.send(b"{}")
    assert len(server.bodies) == before + 1


@pytest.mark.parametrize("before", [0, 1])
async def test_a_redirect_is_followed_and_asked_for_each_time(before: int) -> None:
    async with asked(*[OK] * before, MOVED, OK, MOVED, OK) as (endpoint, server):
        for _ in range(before + 2):
            assert await answer_of(endpoint) == b"ok"
    assert server.paths[before:] == [b"/v1/chat/completions", b"/elsewhere"] * 2
