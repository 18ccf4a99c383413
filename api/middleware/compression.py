"""gzip for whole responses, never for streams of events."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.asgi import header


class Compression:
    """Compresses responses of 1 KiB and more. Who asks for an event stream goes straight through, unwrapped."""

    def __init__(self, app: ASGIApp, *, minimum_size: int = 1024, level: int = 5) -> None:
        self._app = app
        self._gzip = GZipMiddleware(app, minimum_size=minimum_size, compresslevel=level)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, compressed when the client and the content allow it."""
        wants_events = scope["type"] == "http" and "text/event-stream" in header(scope, b"accept")
        await (self._app if wants_events else self._gzip)(scope, receive, send)
