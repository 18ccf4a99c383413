"""WebSockets of clients that never read, over real connections."""

from __future__ import annotations

import asyncio
import contextlib
import logging

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.server import ServerState

from api.socket.protocol import SocketProtocol

_UPGRADE = (
    b"GET /ws?token=%s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)
_SECRET = "eyJhbGciOiJFZERTQSJ9"


async def test_who_neither_reads_nor_answers_pings_is_cut(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.WARNING, "uvicorn.websockets")
    left = asyncio.Event()

    async def app(_: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        with contextlib.suppress(OSError):
            while True:
                await send({"type": "websocket.send", "text": "x" * 60_000})
        left.set()

    config = Config(app, lifespan="off", log_config=None, ws_ping_interval=0.05, ws_ping_timeout=0.1)
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SocketProtocol(config, state, {}), "127.0.0.1", 0)
    async with server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname(), limit=1)
        writer.write(_UPGRADE % _SECRET.encode())
        await asyncio.wait_for(left.wait(), 20)
        writer.close()
    assert _SECRET not in caplog.text
