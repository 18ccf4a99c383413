"""Calling an ASGI app, with every message in the test's hand."""

from collections.abc import Sequence

import httpx
from starlette.types import ASGIApp, Message, Scope


def http_scope(path: str = "/", method: str = "GET", headers: Sequence[tuple[str, str]] = (), **more: object) -> Scope:
    """The scope of an HTTP/1.1 request from 203.0.113.9."""
    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "headers": raw,
        "query_string": b"",
        "scheme": "http",
        "client": ("203.0.113.9", 40000),
        "server": ("127.0.0.1", 3000),
    }
    scope.update(more)
    return scope


async def exchange(app: ASGIApp, scope: Scope, incoming: Sequence[Message] = ()) -> tuple[list[Message], int]:
    """What the app sent, and how many of the incoming messages it read; after them it sees a disconnect."""
    sent: list[Message] = []
    unread = list(incoming)

    async def receive() -> Message:
        return unread.pop(0) if unread else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent, len(incoming) - len(unread)


def client_of(app: ASGIApp, *, address: str = "203.0.113.9", scheme: str = "http") -> httpx.AsyncClient:
    """A client whose requests reach the app without a network."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 40000))
    return httpx.AsyncClient(transport=transport, base_url=f"{scheme}://api")


def body_part(body: bytes, *, more: bool) -> Message:
    """One part of a request's body."""
    return {"type": "http.request", "body": body, "more_body": more}
