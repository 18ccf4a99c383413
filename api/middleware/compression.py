"""gzip for whole responses, never for streams of events."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.asgi import wants_events


class Compression:
    """Compresses responses of 1 KiB and more. Who asks for an event stream goes straight through, unwrapped."""

    def __init__(self, app: ASGIApp, *, minimum_size: int = 1024, level: int = 5) -> None:
        self._app = app
        self._gzip = GZipMiddleware(app, minimum_size=minimum_size, compresslevel=level)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, compressed when the client and the content allow it."""
        streams = scope["type"] == "http" and wants_events(scope)
        await (self._app if streams else self._gzip)(scope, receive, send)
