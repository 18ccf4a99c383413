"""An id for every request, in its log lines and its response."""

import re
from typing import Final

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.asgi import REQUEST_ID, header
from services.shared.domain.ids import new_uuid

_ACCEPTABLE: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestContext:
    """Takes `X-Request-ID` from the request, when it is harmless, or makes one; binds it to the log's context."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with an id in the log context, the scope and the response."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        given = header(scope, b"x-request-id")
        identifier = given if _ACCEPTABLE.fullmatch(given) else str(new_uuid())
        scope[REQUEST_ID] = identifier

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Request-ID"] = identifier
            await send(message)

        structlog.contextvars.bind_contextvars(request_id=identifier)
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            structlog.contextvars.unbind_contextvars("request_id", "user_id")
