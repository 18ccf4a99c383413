"""A Fi MCP server in miniature: raw HTTP, the handshake of 2025-03-26, people's worlds by login.

It is as strict as it can be: a call without a session, under another protocol version or before the handshake is an
error, and a session is never ended.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

World = dict[str, Any]
TOOLS = (
    "fetch_net_worth",
    "fetch_credit_report",
    "fetch_epf_details",
    "fetch_mf_transactions",
    "fetch_bank_transactions",
    "fetch_stock_transactions",
)
_SESSION = re.compile(r"mcp-session-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class FakeFi:
    """What the server knows. `gives_ids` has it name a new session's id itself; `streams` has it answer as SSE."""

    def __init__(self, *, gives_ids: bool = False, streams: bool = False) -> None:
        self.gives_ids = gives_ids
        self.streams = streams
        self.worlds: dict[str, World] = {}
        self.broken: dict[str, str] = {}
        self.ready: set[str] = set()
        self.seen: list[str] = []
        self.ended = 0
        self.url = ""

    def log_in(self, login_url: str, world: World) -> None:
        """What the person does at the page."""
        self.worlds[login_url.rsplit("=", 1)[1]] = world

    def log_out(self) -> None:
        """All sessions lapse."""
        self.worlds.clear()

    def call(self, session: str, tool: str) -> str:
        """The text of a tool's answer."""
        if tool in self.broken:
            return self.broken[tool]
        world = self.worlds.get(session)
        if world is None:
            page = f"{self.url}/login?sessionId={session}"
            return json.dumps({"status": "login_required", "login_url": page, "message": "Please log in"})
        return json.dumps(world.get(tool, {}))


@contextmanager
def fake_fi(**options: bool) -> Iterator[FakeFi]:
    """A running server; `fi.url` is its MCP endpoint."""
    fi = FakeFi(**options)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"fi": fi}))
    server.daemon_threads = True
    fi.url = f"http://127.0.0.1:{server.server_address[1]}/mcp/stream"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fi
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    fi: FakeFi
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""

    def do_GET(self) -> None:
        self._answer(405)

    def do_DELETE(self) -> None:
        self.fi.ended += 1
        self._answer(200)

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        session = self.headers.get("Mcp-Session-Id", "")
        if not _SESSION.fullmatch(session) or self.path != "/mcp/stream":
            self._answer(400, b'{"error": "no session"}')
            return
        self.fi.seen.append(session)
        match message["method"]:
            case "initialize":
                self._initialize(message, session)
            case "notifications/initialized":
                self._answer(202)
            case "tools/call" if session in self.fi.ready:
                content = [{"type": "text", "text": self.fi.call(session, message["params"]["name"])}]
                self._result(message["id"], {"content": content})
            case "tools/list":
                tools = [{"name": name, "inputSchema": {"type": "object"}} for name in TOOLS]
                self._result(message["id"], {"tools": tools})
            case method:
                error = {"code": -32601, "message": f"{method} is not for this session"}
                self._send(message.get("id"), {"error": error})

    def _initialize(self, message: dict[str, Any], session: str) -> None:
        if message["params"]["protocolVersion"] != "2025-03-26":
            self._send(message["id"], {"error": {"code": -32602, "message": "unsupported protocol version"}})
            return
        if self.fi.gives_ids:
            session = session[:-12] + f"{len(self.fi.seen):012x}"
        self.fi.ready |= {session, self.headers["Mcp-Session-Id"]}
        result = {
            "protocolVersion": "2025-03-26",
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "fi", "version": "1"},
        }
        self._result(message["id"], result, {"Mcp-Session-Id": session} if self.fi.gives_ids else {})

    def _result(self, number: Any, result: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        self._send(number, {"result": result}, headers)

    def _send(self, number: Any, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        content = json.dumps({"jsonrpc": "2.0", "id": number} | body).encode()
        if self.fi.streams:
            content = b"event: message\ndata: " + content + b"\n\n"
        kind = "text/event-stream" if self.fi.streams else "application/json"
        self._answer(200, content, {"Content-Type": kind} | (headers or {}))

    def _answer(self, status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
