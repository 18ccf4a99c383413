"""Speaks with Fi's MCP server: Streamable HTTP, the handshake of 2025-03-26, one session id for a whole link."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from functools import cached_property
from ssl import SSLContext
from typing import Any, Final

import anyio
import httpx2
import structlog
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from mcp.types import (
    ClientCapabilities,
    Implementation,
    InitializedNotification,
    InitializeRequest,
    InitializeRequestParams,
    InitializeResult,
    TextContent,
)

from services.financial.application.fi.ports import Fetched, LoginNeeded
from services.financial.domain.fi.link import require_web_address
from services.financial.domain.fi.snapshot import FiSource, FiUnavailableError
from services.shared.domain.events import Json

PROTOCOL: Final = "2025-03-26"
_HEADER: Final = "Mcp-Session-Id"
_TIMEOUT_S: Final = 30
_DEADLINE_S: Final = 120
_MAX_CHARS: Final = 32 * 2**20

log = structlog.get_logger(__name__)


class _Session:
    """The id that every request carries, whatever the library or the server would put in its place."""

    def __init__(self, session_id: str, *, new: bool) -> None:
        self.id = session_id
        self._new = new

    async def on_request(self, request: httpx2.Request) -> None:
        """Put the id of the link into the request."""
        request.headers[_HEADER] = self.id

    async def on_response(self, response: httpx2.Response) -> None:
        """Of a new session the server may name the id; later the link's stays."""
        given = response.headers.get(_HEADER)
        if given and self._new and given.isprintable() and len(given) <= 200:
            self.id = given
        self._new = False


class McpFiClient:
    """Implements FiClient. The server's address is the operator's; only its own origin is ever followed."""

    def __init__(self, url: str) -> None:
        self._url = url

    @cached_property
    def _tls(self) -> SSLContext:
        # Reading all certificates for each question would hold up every stream of the process.
        return httpx2.create_ssl_context()

    async def check(self, session_id: str, *, new: bool) -> LoginNeeded | Fetched:
        """Ask for the net worth only."""
        return await self._ask(_Session(session_id, new=new), [FiSource.NET_WORTH])

    async def fetch(self, session_id: str) -> LoginNeeded | Fetched:
        """Ask for everything, one source after another."""
        return await self._ask(_Session(session_id, new=False), list(FiSource))

    async def _ask(self, session: _Session, sources: list[FiSource]) -> LoginNeeded | Fetched:
        try:
            with anyio.fail_after(_DEADLINE_S):
                async with self._connected(session) as client:
                    return await _call_all(client, session, sources)
        except FiUnavailableError:
            raise
        except Exception as error:
            if found := _wanted(error):
                raise found from error
            log.warning("Fi cannot be reached", error=repr(error)[:300])
            raise FiUnavailableError("Fi cannot be reached at the moment. Try again later.") from error

    @asynccontextmanager
    async def _connected(self, session: _Session) -> AsyncIterator[ClientSession]:
        hooks: dict[str, list[Any]] = {"request": [session.on_request], "response": [session.on_response]}
        async with (
            httpx2.AsyncClient(verify=self._tls, event_hooks=hooks, timeout=_TIMEOUT_S, follow_redirects=False) as http,
            streamable_http_client(self._url, http_client=http, terminate_on_close=False) as (read, write),
            ClientSession(read, write, read_timeout_seconds=_TIMEOUT_S) as client,
        ):
            await _shake_hands(client)
            yield client


async def _shake_hands(client: ClientSession) -> None:
    """The library's own handshake, but for the version that Fi speaks."""
    answer = await client.send_request(
        InitializeRequest(
            params=InitializeRequestParams(
                protocol_version=PROTOCOL,
                capabilities=ClientCapabilities(),
                client_info=Implementation(name="nivesh", version="1"),
            )
        ),
        InitializeResult,
    )
    client.adopt(answer)
    await client.send_notification(InitializedNotification())


async def _call_all(client: ClientSession, session: _Session, sources: list[FiSource]) -> LoginNeeded | Fetched:
    """All answers. A source that gives none is left out, but for the net worth: without it there are no accounts."""
    answers: dict[FiSource, Json] = {}
    failed: list[FiSource] = []
    for source in sources:
        try:
            answer = await _call(client, source)
        except FiUnavailableError:
            if source is FiSource.NET_WORTH:
                raise
            failed.append(source)
            continue
        if isinstance(answer, dict) and answer.get("status") == "login_required":
            return LoginNeeded(session.id, require_web_address(answer.get("login_url")))
        answers[source] = answer
    return Fetched(session.id, answers, tuple(failed))


async def _call(client: ClientSession, source: FiSource) -> Json:
    try:
        result = await client.call_tool(source.value, {})
    except MCPError as error:
        log.warning("Fi gave no answer", source=source.value, error=repr(error)[:300])
        raise FiUnavailableError(f"Fi could not answer {source.value}. Try again later.") from error
    texts = [block.text for block in result.content if isinstance(block, TextContent)]
    if result.is_error or not texts:
        raise FiUnavailableError(f"Fi could not answer {source.value}. Try again later.")
    return _json(texts[0], source)


def _json(text: str, source: FiSource) -> Json:
    """The JSON of an answer; fractions become Decimals, never binary ones."""
    if len(text) > _MAX_CHARS:
        raise FiUnavailableError(f"The answer of {source.value} is too large to be read.")
    try:
        found: Json = json.loads(text, parse_float=Decimal, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise FiUnavailableError(f"The answer of {source.value} is no JSON. Try again later.") from error
    return found


def _wanted(error: BaseException) -> FiUnavailableError | None:
    """Our own error inside the groups that task groups make."""
    if isinstance(error, FiUnavailableError):
        return error
    for inner in getattr(error, "exceptions", ()):
        if found := _wanted(inner):
            return found
    return None
