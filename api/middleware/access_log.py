"""One log line per request."""

import time
from collections.abc import Sequence

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.asgi import FRAMES, client_network, route_template

log = structlog.get_logger(__name__)


class AccessLog:
    """Logs `request` when the response has ended, a stream included, and `socket` when a WebSocket has.

    Query strings are left out: they hold payees. Paths under `quiet` (health checks, scrapes) are logged at debug
    level.
    """

    def __init__(self, app: ASGIApp, *, quiet: Sequence[str] = ("/health", "/metrics")) -> None:
        self._app = app
        self._quiet = tuple(quiet)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, then log."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        started = time.perf_counter()
        status, sent = 0, 0

        async def counting_send(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status, scope[FRAMES] = message["status"], counting_send
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counting_send)
        finally:
            # It holds the scope that holds it, and only the garbage collector would part them.
            scope.pop(FRAMES, None)
            self._log(scope, status, sent, time.perf_counter() - started)

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        try:
            await self._app(scope, receive, send)
        finally:
            if scope["type"] == "websocket":
                seconds = time.perf_counter() - started
                log.info("socket", path=scope["path"], duration_s=round(seconds, 1), client=client_network(scope))

    def _log(self, scope: Scope, status: int, sent: int, seconds: float) -> None:
        write = log.debug if scope["path"].startswith(self._quiet) else log.info
        write(
            "request",
            method=scope["method"],
            path=scope["path"],
            route=route_template(scope),
            status=status,
            duration_ms=round(seconds * 1000, 1),
            response_bytes=sent,
            client=client_network(scope),
        )
