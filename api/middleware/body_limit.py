"""Bounding the size of request bodies, as they come in."""

import asyncio
import re
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.asgi import header
from api.problems import problem_of, problem_response
from services.shared.domain.errors import TooLargeError

KIB: Final = 1024
MIB: Final = 1024 * KIB
_DRAIN_S: Final = 10.0


class BodyTooLargeError(TooLargeError):
    """The body is over its bound; raised from `receive`, to stop whoever reads it."""

    code = "body-too-large"

    def __init__(self, limit: int) -> None:
        size = f"{limit // MIB} MiB" if limit >= MIB else f"{limit} bytes"
        super().__init__(f"The request's body may have at most {size}. Send less.", extra={"limit_bytes": limit})


class BodyLimit:
    """Answers 413 to a body of more than `limit` bytes, or `upload_limit` on paths that match `upload_paths`.

    A Content-Length over the bound is refused before anything is read; a body without one is counted as it comes, and
    the app never sees more than the bound. The response then is on its way at once, and what the client is still
    sending is read and dropped for ten seconds: closing at once would reset the connection, and the client would never
    see why.
    """

    def __init__(
        self, app: ASGIApp, *, limit: int = MIB, upload_limit: int = 64 * MIB, upload_paths: str = r"/imports$"
    ) -> None:
        self._app = app
        self._limit = limit
        self._upload_limit = upload_limit
        self._upload_paths = re.compile(upload_paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413, or let the app read what is within the bound."""
        if scope["type"] != "http" or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        limit = self._upload_limit if self._upload_paths.search(scope["path"]) else self._limit
        length = header(scope, b"content-length")
        if length.isdecimal() and int(length) > limit:
            await _refuse(limit, scope, receive, send)
            return
        await _Counted(self._app, limit).run(scope, receive, send)


class _Counted:
    """One request whose body is counted."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit
        self._read = 0
        self._started = False

    @property
    def _is_over(self) -> bool:
        return self._read > self._limit

    async def run(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted_receive() -> Message:
            message = await receive()
            self._read += len(message.get("body", b""))
            if self._is_over:
                raise BodyTooLargeError(self._limit)
            return message

        async def guarded_send(message: Message) -> None:
            # What the app makes of the interrupted body (usually a 400) gives way to the 413.
            if self._is_over and not self._started:
                return
            self._started = True
            await send(message)

        try:
            await self._app(scope, counted_receive, guarded_send)
        except Exception:
            if not self._is_over or self._started:
                raise
        if self._is_over and not self._started:
            await _refuse(self._limit, scope, receive, send)


async def _refuse(limit: int, scope: Scope, receive: Receive, send: Send) -> None:
    response = problem_response(problem_of(BodyTooLargeError(limit), scope["path"]), {"Connection": "close"})
    await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
    await send({"type": "http.response.body", "body": bytes(response.body), "more_body": True})
    try:
        async with asyncio.timeout(_DRAIN_S):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        # Patience is over: the connection is closed on a client that goes on sending.
        pass
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _has_body(scope: Scope) -> bool:
    return any(key in {b"content-length", b"transfer-encoding"} for key, _ in scope["headers"]) or (
        scope.get("http_version") not in {"1.0", "1.1"} and scope["method"] not in {"GET", "HEAD", "OPTIONS"}
    )
