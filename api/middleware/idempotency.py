"""Idempotency-Key on requests that change something: the same key and body, the same response.

After the IETF draft `idempotency-key-header`. What the request changed and its response become durable together (see
`EffectLedger`), so a client that never got its answer can ask again, whatever happened in between. Errors are not kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import orjson
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.asgi import again, header, read_body
from api.problems import problem_of, problem_response
from services.shared.application.effect_ledger import EffectKey, EffectLedger
from services.shared.domain.errors import NiveshError
from services.shared.domain.idempotency import parse_idempotency_key
from services.shared.domain.identity import Identity

Identify = Callable[[Headers], Awaitable[Identity | None]]
"""Who is calling; None when that is not known, which the route then says."""

_METHODS: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_KEPT_HEADERS: Final = ("content-type", "location", "etag")
_BOUNDARY: Final = re.compile(rb'boundary="?([^";,]+)"?', re.IGNORECASE)


class Idempotency:
    """Remembers the successful responses to requests with a key on paths that match `paths`."""

    def __init__(self, app: ASGIApp, *, ledger: EffectLedger, identify: Identify, paths: str) -> None:
        self._app = app
        self._ledger = ledger
        self._identify = identify
        self._paths = re.compile(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the app answer and remember it. 409 while it works on it, 422 for another body."""
        if not self._concerns(scope):
            await self._app(scope, receive, send)
            return
        try:
            await self._once(scope, receive, send)
        except NiveshError as error:
            await problem_response(problem_of(error, scope["path"]))(scope, receive, send)

    def _concerns(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] in _METHODS
            and any(name == b"idempotency-key" for name, _ in scope["headers"])
            and self._paths.search(scope["path"]) is not None
        )

    async def _once(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = parse_idempotency_key(header(scope, b"idempotency-key"))
        identity = await self._identify(Headers(scope=scope))
        read = [] if identity is None else await read_body(receive)
        if identity is None or read[-1]["type"] == "http.disconnect":
            await self._app(scope, again(read, receive), send)
            return
        body = b"".join(message.get("body", b"") for message in read)
        key = EffectKey(identity.user_id, f"http {name}", _digest(scope, body))
        answer = _Answer()

        async def work() -> bytes:
            await self._app(scope, again(read, receive), answer.send)
            if not answer.succeeded:
                raise _NotKeptError
            return answer.kept()

        try:
            outcome = await self._ledger.once(key, work)
        except _NotKeptError:
            await answer.forward(send)
            return
        if outcome.repeated:
            await _repeat(outcome.result)(scope, receive, send)
        else:
            await answer.forward(send)


class _NotKeptError(Exception):
    """The response is an error: what the request did is undone, and the client may try again."""


class _Answer:
    """A response held back until it is durable."""

    def __init__(self) -> None:
        self._messages: list[Message] = []

    async def send(self, message: Message) -> None:
        self._messages.append(message)

    @property
    def succeeded(self) -> bool:
        return bool(self._messages) and 200 <= self._messages[0]["status"] < 300

    def kept(self) -> bytes:
        """Status, headers that matter, and body."""
        headers = Headers(raw=self._messages[0]["headers"])
        head = {
            "status": self._messages[0]["status"],
            "headers": {name: headers[name] for name in _KEPT_HEADERS if name in headers},
        }
        body = b"".join(message.get("body", b"") for message in self._messages[1:])
        return orjson.dumps(head) + b"\n" + body

    async def forward(self, send: Send) -> None:
        for message in self._messages:
            await send(message)


def _repeat(kept: bytes) -> Response:
    head, _, body = kept.partition(b"\n")
    known: dict[str, Any] = orjson.loads(head)
    return Response(body, known["status"], {**known["headers"], "Idempotency-Replayed": "true"})


def _digest(scope: Scope, body: bytes) -> bytes:
    """SHA-256 of what was asked for. A form's boundary is left out: clients make a new one at each attempt."""
    boundary = _BOUNDARY.search(header(scope, b"content-type").encode("latin-1"))
    content = body.replace(boundary.group(1), b"") if boundary else body
    asked = f"{scope['method']} {scope['path']}?{scope['query_string'].decode('latin-1')}\n"
    return hashlib.sha256(asked.encode() + content).digest()
