"""Headers that tell browsers to distrust: OWASP's REST security cheat sheet."""

from collections.abc import Sequence
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_API_POLICY: Final = b"default-src 'none'; frame-ancestors 'none'"
# FastAPI's documentation pages: Swagger UI and ReDoc from their CDN, a script in the page, workers from blobs.
_DOCS_POLICY: Final = (
    b"default-src 'none'; connect-src 'self'; script-src 'self' 'unsafe-inline' https://cdn.jsdelivr.net; "
    b"style-src 'self' 'unsafe-inline' https://cdn.jsdelivr.net https://fonts.googleapis.com; "
    b"font-src https://fonts.gstatic.com; img-src 'self' data: https://fastapi.tiangolo.com https://cdn.redoc.ly; "
    b"worker-src blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
    (b"cache-control", b"no-store"),
)
_HSTS: Final = (b"strict-transport-security", b"max-age=31536000")


class SecurityHeaders:
    """Adds the headers that a response does not set itself.

    `hsts` None sends Strict-Transport-Security over https only; True always (TLS ends at a proxy), False never.
    """

    def __init__(self, app: ASGIApp, *, hsts: bool | None = None, docs: Sequence[str] = ("/docs", "/redoc")) -> None:
        self._app = app
        self._hsts = hsts
        self._docs = tuple(docs)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {key.lower() for key, _ in message["headers"]}
                own = [(key, value) for key, value in self._headers(scope) if key not in present]
                message = {**message, "headers": [*message["headers"], *own]}
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _headers(self, scope: Scope) -> list[tuple[bytes, bytes]]:
        policy = _DOCS_POLICY if scope["path"].startswith(self._docs) else _API_POLICY
        headers = [*_ALWAYS, (b"content-security-policy", policy)]
        secure = scope.get("scheme") == "https" if self._hsts is None else self._hsts
        return [*headers, _HSTS] if secure else headers
