"""One small exchange per protocol that only a server that is ready to serve answers as expected.

Written out by hand so that the keeper stays small and starts fast: it imports no driver.
"""

import asyncio
import contextlib
import struct
from collections.abc import Awaitable, Callable

_PATIENCE_S = 2.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.01, 0.1

_POSTGRES_3_0 = 196_608
_OP_MSG = 2013
_MONGO_OK = b"\x01ok\x00" + struct.pack("<d", 1.0)
_BOLT_MAGIC = b"\x60\x60\xb0\x17"


async def exchange(port: int, request: bytes, size: int) -> bytes:
    """Send `request`, return what came back once `size` bytes have or the server closed.

    Raises OSError or TimeoutError when nobody answers.
    """
    async with asyncio.timeout(_PATIENCE_S):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request)
            return await reader.readexactly(size)
        except asyncio.IncompleteReadError as error:
            return error.partial
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def postgres_answers(port: int, user: str, database: str) -> bool:
    """A server that accepts sessions asks for a password (R); one that still recovers sends an error (E)."""
    settings = b"".join(text.encode() + b"\0" for text in ("user", user, "database", database)) + b"\0"
    message = struct.pack("!ii", 8 + len(settings), _POSTGRES_3_0) + settings
    return await exchange(port, message, 1) == b"R"


async def mongo_answers(port: int) -> bool:
    """{ping: 1, $db: "admin"} is allowed before authentication and answered with {ok: 1.0}."""
    elements = b"\x10ping\x00" + struct.pack("<i", 1) + b"\x02$db\x00" + struct.pack("<i", 6) + b"admin\x00"
    document = struct.pack("<i", len(elements) + 5) + elements + b"\x00"
    body = struct.pack("<IB", 0, 0) + document
    message = struct.pack("<iiii", 16 + len(body), 1, 0, _OP_MSG) + body
    header = await exchange(port, message, 16 + 5 + 4 + len(_MONGO_OK))
    return _MONGO_OK in header


async def redis_answers(port: int, password: str) -> bool:
    """AUTH and PING; a server that is still loading its file answers PING with -LOADING."""
    request = f"AUTH default {password}\r\nPING\r\n".encode()
    return await exchange(port, request, 12) == b"+OK\r\n+PONG\r\n"


async def graph_answers(bolt_port: int, http_port: int) -> bool:
    """Bolt agrees on a version, and HTTP says that every database is open (204): Bolt listens some time before that."""
    offer = _BOLT_MAGIC + bytes((0, 0, 4, 4)) + bytes(12)
    agreed = await exchange(bolt_port, offer, 4)
    if len(agreed) < 4 or agreed == bytes(4):
        return False
    request = b"GET /api/v1/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    return (await exchange(http_port, request, 12)) == b"HTTP/1.1 204"


async def until_ready(answers: Callable[[], Awaitable[bool]]) -> None:
    """Ask again, less and less often, until the answer is yes. The caller sets the deadline."""
    pause = _FIRST_PAUSE_S
    while not await _asked(answers):
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE_S)


async def _asked(answers: Callable[[], Awaitable[bool]]) -> bool:
    try:
        return await answers()
    except (OSError, TimeoutError):
        return False
