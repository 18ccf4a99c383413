"""The whole stack leaves a stream alone: each event goes out at once, whole and uncompressed."""

import gzip
from collections.abc import AsyncGenerator, AsyncIterator

import pytest
import structlog
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.event_stream import EventStream
from api.metrics import HttpMetrics
from api.middleware.access_log import AccessLog
from api.middleware.asgi import wants_events
from api.middleware.stack import install_middleware
from tests.unit.api.middleware.calls import client_of, exchange, http_scope

EVENTS = [f"event: text.delta\nid: {n}\ndata: {'x' * 2000}\n\n" for n in range(5)]


def streaming_app(media_type: str = "text/event-stream") -> FastAPI:
    app = FastAPI()
    problems.install(app)
    install_middleware(app, metrics=HttpMetrics(CollectorRegistry()), limiter=None, cors_origins=["https://app.in"])

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def events() -> AsyncIterator[str]:
            for event in EVENTS:
                yield event

        return StreamingResponse(events(), media_type=media_type)

    @app.get("/large")
    async def large() -> str:
        return "x" * 5000

    return app


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json, text/event-stream", "*/*"])
async def test_events_are_neither_joined_nor_held_back_nor_compressed(accept: str) -> None:
    scope = http_scope("/stream", headers=[("accept", accept), ("accept-encoding", "gzip")])
    sent, _ = await exchange(streaming_app(), scope)
    assert b"content-encoding" not in dict(sent[0]["headers"])
    bodies: list[Message] = [message for message in sent[1:] if message["body"]]
    assert [message["body"].decode() for message in bodies] == EVENTS


class Between:
    """Middleware that listens to what is sent, and may hold it back to the end."""

    def __init__(self, app: ASGIApp, *, holds_back: bool) -> None:
        self.heard: list[Message] = []
        self._app = app
        self._holds_back = holds_back

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def listening_send(message: Message) -> None:
            self.heard.append(message)
            if not self._holds_back:
                await send(message)

        await self._app(scope, receive, listening_send)
        if self._holds_back:
            for message in self.heard:
                await send(message)


async def frames() -> AsyncGenerator[bytes, None]:
    for event in EVENTS:
        yield event.encode()


@pytest.mark.parametrize("holds_back", [False, True])
async def test_frames_go_past_the_middleware_once_it_has_let_the_start_through(holds_back: bool) -> None:
    between = Between(EventStream(frames(), {}), holds_back=holds_back)
    with structlog.testing.capture_logs() as lines:
        sent, _ = await exchange(AccessLog(between), http_scope("/stream"), [{"type": "http.request"}])
    assert [message.get("body", b"").decode() for message in sent] == ["", *EVENTS, ""]
    assert len(between.heard) == (len(sent) if holds_back else 1)
    assert (lines[0]["status"], lines[0]["response_bytes"]) == (200, len("".join(EVENTS)))


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("text/event-stream", True),
        ("TEXT/Event-Stream; charset=utf-8", True),
        ("application/json, text/event-stream", True),
        ("text/event-stream;q=0.5, application/json", False),
        ("text/event-stream; q=0.9, application/json; q=0.8", True),
        ("application/json, text/event-stream;q=0", False),
        ("text/event-streams", False),
        ("*/*", False),
        ("", False),
    ],
)
def test_a_stream_is_for_who_accepts_it_no_less_than_json(accept: str, wanted: bool) -> None:
    assert wants_events(http_scope(headers=[("accept", accept)])) is wanted


async def test_whole_responses_are_compressed_for_those_who_accept_it() -> None:
    scope = http_scope("/large", headers=[("accept-encoding", "gzip")])
    sent, _ = await exchange(streaming_app(), scope)
    assert dict(sent[0]["headers"])[b"content-encoding"] == b"gzip"
    assert gzip.decompress(sent[1]["body"]) == b'"' + b"x" * 5000 + b'"'
    async with client_of(streaming_app()) as client:
        response = await client.get("/large", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in response.headers


async def test_pages_of_the_named_origins_may_call_and_no_others() -> None:
    async with client_of(streaming_app()) as client:
        preflight = {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
        good = await client.options("/large", headers=preflight | {"origin": "https://app.in"})
        bad = await client.options("/large", headers=preflight | {"origin": "https://evil.in"})
        plain = await client.get("/large", headers={"origin": "https://app.in"})
    assert good.headers["access-control-allow-origin"] == "https://app.in"
    assert "access-control-allow-origin" not in bad.headers
    assert "Retry-After" in plain.headers["access-control-expose-headers"]
