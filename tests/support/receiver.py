"""A receiver of webhooks on this machine, which answers as it is told and keeps what it got."""

from __future__ import annotations

import queue
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson
from openai import OpenAI

GOT_WITHIN_S = 30.0


@dataclass(frozen=True, slots=True)
class Message:
    """One request, as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> dict[str, Any]:
        read: dict[str, Any] = orjson.loads(self.body)
        return read

    def verify(self, secret: str) -> None:
        """By another's implementation of the specification; raises when the signature or its time is wrong."""
        verifier = OpenAI(api_key="none", base_url="http://localhost")
        verifier.webhooks.verify_signature(self.body, self.headers, secret=secret)


@dataclass(slots=True)
class Receiver:
    """`answers` are taken in order, then 200 for ever. `hold` keeps answers back until it is set."""

    url: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    requests: queue.Queue[Message] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        self.hold.set()

    def next(self) -> Message:
        """The next request; queue.Empty when none comes."""
        return self.requests.get(timeout=GOT_WITHIN_S)

    def answer(self, *statuses: int, **headers: str) -> None:
        """Answer so from now on."""
        self.answers += [(status, headers) for status in statuses]


@contextmanager
def receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """One that listens on a port of its own."""
    kept = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(kept))
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    kept.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield kept
    finally:
        kept.hold.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(kept: Receiver) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.requests.put(Message({name.lower(): value for name, value in self.headers.items()}, body))
            kept.hold.wait(GOT_WITHIN_S)
            status, headers = kept.answers.pop(0) if kept.answers else (200, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return Handler
