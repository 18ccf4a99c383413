"""Bounding how often a client may call an endpoint."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Protocol

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.asgi import client_network
from api.problems import problem_of, problem_response
from services.shared.domain.errors import RateLimitedError

_IDENTIFIER: Final = re.compile(r"[0-9]+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}|[0-9a-fA-F]{32}")
_MAX_SEGMENTS: Final = 8
_MAX_SEGMENT_LENGTH: Final = 40
_LIMITED: Final = frozenset({"http", "websocket"})
# The second refuses a handshake (ASGI's extension for denial responses).
_STARTS: Final = frozenset({"http.response.start", "websocket.http.response.start"})
_LOG_EVERY_S: Final = 10.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What the limiter says of one request: whether it may pass, and how many more may, and seconds until one may."""

    allowed: bool
    limit: int
    remaining: int
    reset_s: float


class RateLimiterDownError(Exception):
    """The limiter cannot count at the moment."""


class RateLimiter(Protocol):
    """Counts requests by key."""

    async def take(self, key: str) -> Allowance:
        """Count one request. RateLimiterDownError."""
        ...


class RateLimit:
    """Answers 429 when a client network calls an endpoint too often; every response tells what is left.

    Opening a WebSocket is a call as well; what is said over it has a bound of its own. Paths under `exempt` are never
    limited. When the limiter is down requests pass, with a line in the log every ten seconds: an outage of Redis must
    not become one of the API.
    """

    def __init__(self, app: ASGIApp, *, limiter: RateLimiter, exempt: Sequence[str] = ("/health", "/metrics")) -> None:
        self._app = app
        self._limiter = limiter
        self._exempt = tuple(exempt)
        self._logged_at = float("-inf")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 429, or let the request pass."""
        if scope["type"] not in _LIMITED or scope["path"].startswith(self._exempt):
            await self._app(scope, receive, send)
            return
        allowance = await self._take(key_of(scope))
        if allowance is None:
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] in _STARTS:
                MutableHeaders(scope=message).update(_headers(allowance))
            await send(message)

        if allowance.allowed:
            await self._app(scope, receive, send_with_headers)
        else:
            response = problem_response(problem_of(_refusal(allowance), scope["path"]))
            await response(scope, receive, send_with_headers)

    async def _take(self, key: str) -> Allowance | None:
        try:
            return await self._limiter.take(key)
        except RateLimiterDownError as error:
            if time.monotonic() - self._logged_at >= _LOG_EVERY_S:
                self._logged_at = time.monotonic()
                log.warning("requests are not limited: Redis is down", error=str(error))
            return None


def key_of(scope: Scope) -> str:
    """`ratelimit:{ip}:{endpoint}`: identifiers in the path are folded, so that many ids are one endpoint."""
    segments = [
        "{id}" if _IDENTIFIER.fullmatch(segment) else segment[:_MAX_SEGMENT_LENGTH]
        for segment in scope["path"].strip("/").split("/")[:_MAX_SEGMENTS]
    ]
    return f"ratelimit:{client_network(scope)}:{scope.get('method', 'GET')}:/{'/'.join(segments)}"


def _refusal(allowance: Allowance) -> RateLimitedError:
    seconds = ceil(allowance.reset_s)
    detail = f"At most {allowance.limit} requests a minute to this address. Try again in {seconds} seconds."
    return RateLimitedError(detail, extra={"retry_after_s": seconds})


def _headers(allowance: Allowance) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(allowance.limit),
        "X-RateLimit-Remaining": str(allowance.remaining),
        "X-RateLimit-Reset": str(ceil(allowance.reset_s)),
    }
