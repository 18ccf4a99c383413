"""Reading ASGI scopes."""

import ipaddress
import re
from functools import lru_cache
from typing import Final

from starlette.types import Message, Receive, Scope

REQUEST_ID: Final = "nivesh.request_id"
FRAMES: Final = "nivesh.frames"
"""Of a response that has started: a `send` for a stream's frames, past all middleware that minds the start alone."""

UNMATCHED: Final = "(unmatched)"
_QUALITY: Final = re.compile(r"q=([01](?:\.[0-9]{0,3})?)")


def header(scope: Scope, name: bytes) -> str:
    """The first value of a request header (`name` in lower case), or nothing."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value).decode("latin-1")
    return ""


async def read_body(receive: Receive) -> list[Message]:
    """A request's messages up to the end of its body, or to the last that came of it before its client left."""
    read = [await receive()]
    while read[-1].get("more_body", False):
        read.append(await receive())
    return read


def again(read: list[Message], receive: Receive) -> Receive:
    """What was read, once more; then whatever else comes."""
    unread = iter(read)

    async def replay() -> Message:
        return next(unread, None) or await receive()

    return replay


def wants_events(scope: Scope) -> bool:
    """Whether the client accepts an event stream, and no less than JSON (RFC 9110, section 12.5.1)."""
    accepted: dict[str, float] = {}
    for item in header(scope, b"accept").lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        accepted[name] = next((float(found[1]) for part in parameters if (found := _QUALITY.fullmatch(part))), 1.0)
    events = accepted.get("text/event-stream", 0.0)
    return events > 0 and events >= accepted.get("application/json", 0.0)


def request_id(scope: Scope) -> str | None:
    """The id that RequestContext gave the request."""
    value = scope.get(REQUEST_ID)
    return value if isinstance(value, str) else None


def client_network(scope: Scope) -> str:
    """Who the request counts for: an IPv4 address, or the /64 network that one IPv6 subscriber has to itself."""
    client = scope.get("client")
    return _network_of(client[0]) if client else "local"


@lru_cache(maxsize=1024)
def _network_of(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)


def route_template(scope: Scope) -> str:
    """The path template that the router matched, such as `/api/v1/accounts/{account_id}`; known after routing only.

    What a client made up never becomes one, so that the number of templates is bounded.
    """
    context = (scope.get("fastapi") or {}).get("effective_route_context")
    template = getattr(context, "path_format", None) or getattr(scope.get("route"), "path", None)
    if isinstance(template, str):
        return template
    if scope.get("root_path"):
        return f"{scope['root_path']}/*"
    has_fixed_path = "endpoint" in scope and not scope.get("path_params")
    return str(scope["path"]) if has_fixed_path else UNMATCHED
