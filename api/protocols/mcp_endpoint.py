"""MCP's Streamable HTTP at `/mcp`. The protocol's package is loaded when the first client comes: it is large."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from api.dependencies import TokenVerifier, build_identify
from api.problems import problem_of, problem_response
from api.protocols.program_calls import ProgramCalls
from services.shared.domain.errors import PermissionDeniedError, UnauthenticatedError
from tools.gateway import ToolGateway

if TYPE_CHECKING:
    from api.protocols.mcp_server import McpServer

_THIS_MACHINE: Final = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?")


class McpEndpoint:
    """An ASGI app. It serves while `running` is entered.

    A page in a browser may call it from this machine or from one of `origins`, as the protocol wants it against DNS
    rebinding; what is no browser sends no Origin.
    """

    def __init__(
        self, gateway: ToolGateway, calls: ProgramCalls, verifier: TokenVerifier, origins: Collection[str]
    ) -> None:
        self._origins = origins
        self._gateway = gateway
        self._calls = calls
        self._identify = build_identify(verifier)
        self._starting = asyncio.Lock()
        self._server: McpServer | None = None
        self._holder: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[McpEndpoint]:
        """Serve inside this block."""
        try:
            yield self
        finally:
            self._stop.set()
            if self._holder is not None:
                await self._holder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request whose credential is good; 401 otherwise, and 403 to another site's page."""
        headers = Headers(scope=scope)
        if not self._welcomes(headers.get("origin")):
            stranger = PermissionDeniedError("This page may not call here. NIVESH_CORS_ORIGINS names those that may.")
            await problem_response(problem_of(stranger, scope["path"]))(scope, receive, send)
            return
        identity = await self._identify(headers)
        if identity is None:
            error = UnauthenticatedError("Send an API key or an access token: 'Authorization: Bearer <key>'.")
            await problem_response(problem_of(error, scope["path"]))(scope, receive, send)
            return
        await (await self._started()).handle(identity, scope, receive, send)

    def _welcomes(self, origin: str | None) -> bool:
        return origin is None or bool(_THIS_MACHINE.fullmatch(origin)) or not {origin, "*"}.isdisjoint(self._origins)

    async def _started(self) -> McpServer:
        async with self._starting:
            if self._server is None:
                from api.protocols.mcp_server import McpServer

                server, ready = McpServer(self._gateway, self._calls), asyncio.Event()
                self._holder = asyncio.create_task(self._hold(server, ready), name="mcp")
                await ready.wait()
                self._server = server
            return self._server

    async def _hold(self, server: McpServer, ready: asyncio.Event) -> None:
        """In one task from beginning to end, as the package's cancel scopes want it."""
        async with server.running():
            ready.set()
            await self._stop.wait()
