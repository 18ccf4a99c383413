"""A load generator that costs little: raw sockets, tokens counted in the bytes as they come."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

_MARK = b"~"


@dataclass(frozen=True, slots=True)
class Target:
    """Where to ask, and as whom (`headers`); `final` is what the stream of a turn that went well holds at its end."""

    port: int
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    final: bytes = b"event: run.completed"


@dataclass(slots=True)
class Chat:
    """One turn as its client saw it; times in seconds."""

    tokens: int = 0
    first_s: float = 0
    longest_gap_s: float = 0
    whole_s: float = 0
    gaps: list[float] = field(default_factory=list)
    content: bytes = b""


async def ask(target: Target, question: str, *, conversation: str | None = None, read_delay_s: float = 0) -> Chat:
    """Ask and read to the end. `read_delay_s` before each read makes a client that stalls."""
    reader, writer = await asyncio.open_connection("127.0.0.1", target.port, limit=2**22)
    body = orjson.dumps({"message": question} | ({"conversation_id": conversation} if conversation else {}))
    began = time.perf_counter()
    writer.write(_request(target, body))
    chat, last, content = Chat(), 0.0, []
    try:
        while data := await reader.read(65536):
            now = time.perf_counter()
            content.append(data)
            if count := data.count(_MARK):
                if last:
                    chat.gaps.append(now - last)
                else:
                    chat.first_s = now - began
                last = now
                chat.tokens += count
            if data.endswith(b"0\r\n\r\n"):
                break
            if read_delay_s:
                await asyncio.sleep(read_delay_s)
    finally:
        writer.close()
    chat.whole_s = time.perf_counter() - began
    chat.longest_gap_s = max(chat.gaps, default=0)
    chat.content = b"".join(content)
    return chat


async def ask_all(target: Target, question: str, chats: int, at_once: int) -> list[Chat]:
    """So many chats, at most `at_once` of them at a time, all of the first ones started together."""
    left = iter(range(chats))
    done: list[Chat] = []

    async def client() -> None:
        while next(left, None) is not None:
            done.append(await ask(target, question))

    await asyncio.gather(*(client() for _ in range(at_once)))
    return done


def require_complete(chats: Sequence[Chat], tokens: int, final: bytes) -> None:
    """Raise RuntimeError unless every chat has all its tokens and its proper end: only such are measured."""
    for chat in chats:
        if chat.tokens != tokens or final not in chat.content:
            raise RuntimeError(f"a chat gave {chat.tokens} of {tokens} tokens: …{chat.content[-600:]!r}")


def _request(target: Target, body: bytes) -> bytes:
    headers = {
        "host": "127.0.0.1",
        "content-type": "application/json",
        "accept": "text/event-stream",
        "content-length": str(len(body)),
        **target.headers,
    }
    lines = [f"POST {target.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
