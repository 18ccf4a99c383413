"""The head of a request, which is sent before one body after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import httpx2

# A body is sent whole, with the length that it has. Cookies are for browsers, and of the moment that they came in.
_LEFT_OUT: Final = frozenset({b"content-length", b"transfer-encoding", b"cookie"})

Origin = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class RequestHead:
    """Where to and with what headers, all but the length; and how long to wait."""

    origin: Origin
    lines: bytes
    connect_timeout_s: float | None
    read_timeout_s: float | None

    @classmethod
    def of(cls, request: httpx2.Request) -> Self:
        """The head of a request that a client has composed."""
        lines = [b"%b %b HTTP/1.1" % (request.method.encode(), request.url.raw_path)]
        lines += [b"%b: %b" % header for header in request.headers.raw if header[0].lower() not in _LEFT_OUT]
        timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
        return cls(origin_of(request.url), b"\r\n".join(lines), timeouts.get("connect"), timeouts.get("read"))

    def before(self, body: bytes) -> bytes:
        """The bytes that are sent before a body."""
        return b"%b\r\ncontent-length: %d\r\n\r\n" % (self.lines, len(body))


def origin_of(url: httpx2.URL) -> Origin:
    """The server: scheme, host and port."""
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)
