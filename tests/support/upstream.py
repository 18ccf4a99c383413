"""An OpenAI-compatible upstream on loopback that answers by script and remembers what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """One completion: tool calls or text; or a failure. `pieces` cuts the text; `cut` drops the connection after it."""

    text: Sequence[str] = ()
    calls: Sequence[tuple[str, dict[str, Any] | str]] = ()
    status: int = 200
    cut: bool = False
    hang: bool = False
    garbage: bool = False
    cut_call: bool = False
    retry_after: str | None = None


@dataclass(slots=True)
class Upstream:
    """Serves its replies one after the other; the last one again when they run out."""

    replies: Sequence[Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.split("content-length:")[1].split("\r\n")[0])
            self.requests.append(json.loads(await reader.readexactly(length)))
            reply = self.replies[min(len(self.requests), len(self.replies)) - 1]
            await self._answer(reply, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def _answer(self, reply: Reply, writer: asyncio.StreamWriter) -> None:
        if reply.status != 200:
            body = json.dumps({"error": {"message": "scripted failure", "code": reply.status}}).encode()
            head = (
                f"HTTP/1.1 {reply.status} Scripted\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
            )
            if reply.retry_after is not None:
                head += f"retry-after: {reply.retry_after}\r\n"
            writer.write(head.encode() + b"connection: close\r\n\r\n" + body)
            await writer.drain()
            return
        writer.write(_HEAD)
        await writer.drain()
        if reply.hang:
            await asyncio.Event().wait()
        for piece in reply.text:
            await self._send(writer, {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]})
        if reply.garbage:
            writer.write(b"8\r\ndata: {{\r\n2\r\n\n\n\r\n")
        if reply.cut or reply.garbage:
            await writer.drain()
            return
        for index, (name, arguments) in enumerate(reply.calls):
            call = {"index": index, "id": f"c{index}", "function": {"name": name, "arguments": _text(arguments)}}
            await self._send(
                writer, {"choices": [{"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": None}]}
            )
        if reply.cut_call:
            return
        finish = "tool_calls" if reply.calls else "stop"
        await self._send(writer, {"choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
        await self._send(writer, {"choices": [], "usage": {"prompt_tokens": 11, "completion_tokens": 5}})
        writer.write(b"e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n")
        await writer.drain()

    async def _send(self, writer: asyncio.StreamWriter, chunk: dict[str, Any]) -> None:
        data = b"data: " + json.dumps(chunk).encode() + b"\n\n"
        writer.write(b"%x\r\n%b\r\n" % (len(data), data))
        await writer.drain()


def _text(arguments: dict[str, Any] | str) -> str:
    return arguments if isinstance(arguments, str) else json.dumps(arguments)
