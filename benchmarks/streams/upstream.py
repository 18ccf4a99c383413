"""A scripted OpenAI-compatible endpoint on loopback: `python -m benchmarks.streams.upstream PORT`.

The last question says what is answered: `[[tokens=200 every_ms=20 tool=get_net_worth args={}]]`. Each completion calls
the tool first; once the conversation holds its result, the answer is so many tokens, each of them with one `~`, so that
a client can count them however they were put together.

The text holds no figures: a sentence that has one is held back from there to its end, however fast the server is.
"""

from __future__ import annotations

import asyncio
import gc
import re
import sys
from dataclasses import dataclass
from typing import Any, Final, cast

import orjson
import uvloop

_WORDS: Final = ("the books were read with care", "and every entry adds up", "to what was said of them")
_TOKENS: Final = tuple(f" {word}~" for words in _WORDS for word in words.split())
_SCRIPT: Final = re.compile(r"\[\[([^\]]*)\]\]")
_STREAM: Final = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


def answer_of(tokens: int) -> str:
    """The text of so many tokens."""
    return "".join(_TOKENS[index % len(_TOKENS)] for index in range(tokens))


@dataclass(frozen=True, slots=True)
class Script:
    """What a question asks for."""

    tokens: int = 200
    every_ms: float = 0
    tool: str = "get_net_worth"
    args: str = "{}"

    @classmethod
    def of(cls, messages: list[dict[str, Any]]) -> Script:
        """The script in the last question."""
        question = next(m["content"] for m in reversed(messages) if m["role"] == "user")
        found = _SCRIPT.search(question if isinstance(question, str) else "")
        pairs = dict(pair.split("=", 1) for pair in found[1].split()) if found else {}
        return cls(
            int(pairs.get("tokens", 200)),
            float(pairs.get("every_ms", 0)),
            pairs.get("tool", "get_net_worth"),
            pairs.get("args", "{}"),
        )


class Endpoint(asyncio.Protocol):
    """One kept-alive HTTP/1.1 connection. Every token is a write of its own, as providers send them."""

    def __init__(self) -> None:
        self._received = b""
        self._task: asyncio.Task[None] | None = None
        self._may_write = asyncio.Event()
        self._may_write.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take a connection; uvloop's transports are no subclass of asyncio's."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, _: Exception | None) -> None:
        """The client left."""
        self._may_write.set()
        if self._task is not None:
            self._task.cancel()

    def pause_writing(self) -> None:
        """The client does not keep up."""
        self._may_write.clear()

    def resume_writing(self) -> None:
        """It does again."""
        self._may_write.set()

    def data_received(self, data: bytes) -> None:
        """Answer each request once it is whole."""
        self._received += data
        head, separator, rest = self._received.partition(b"\r\n\r\n")
        if not separator:
            return
        length = re.search(rb"(?i)content-length: *(\d+)", head)
        size = int(length[1]) if length else 0
        if len(rest) >= size:
            self._received = rest[size:]
            self._task = asyncio.get_running_loop().create_task(self._answer(orjson.loads(rest[:size])))

    async def _answer(self, request: dict[str, Any]) -> None:
        script = Script.of(request["messages"])
        self._transport.write(_STREAM)
        if request["messages"][-1]["role"] == "tool" or not request.get("tools"):
            await self._say(script)
        else:
            self._call(script)
        usage = {"prompt_tokens": 500, "completion_tokens": script.tokens, "total_tokens": 500 + script.tokens}
        self._transport.write(_chunk({"choices": [], "usage": usage}) + _http(b"data: [DONE]\n\n") + b"0\r\n\r\n")

    def _call(self, script: Script) -> None:
        call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": script.tool, "arguments": ""}}
        self._transport.write(_delta({"role": "assistant", "content": None, "tool_calls": [call]}))
        self._transport.write(_delta({"tool_calls": [{"index": 0, "function": {"arguments": script.args}}]}))
        self._transport.write(_delta({}, "tool_calls"))

    async def _say(self, script: Script) -> None:
        """Token number n is due at n times `every_ms`; one that is late does not make the next one late."""
        loop = asyncio.get_running_loop()
        began, write = loop.time(), self._transport.write
        write(_delta({"role": "assistant", "content": ""}))
        for index in range(script.tokens):
            await asyncio.sleep(max(0.0, began + index * script.every_ms / 1000 - loop.time()))
            await self._may_write.wait()
            write(_TOKEN_CHUNKS[index % len(_TOKENS)])
        write(_delta({}, "stop"))


def _http(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


_COMMON: Final = {
    "id": "chatcmpl-scripted",
    "object": "chat.completion.chunk",
    "created": 1_760_000_000,
    "model": "scripted",
    "system_fingerprint": "fp_scripted",
}


def _chunk(part: dict[str, Any]) -> bytes:
    whole = {
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 1_760_000_000,
        "model": "scripted",
    }
    return _http(b"data: %b\n\n" % orjson.dumps(whole | {"system_fingerprint": "fp_scripted"} | part))


def _delta(delta: dict[str, Any], reason: str | None = None) -> bytes:
    return _chunk({"choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}], "usage": None})


_TOKEN_CHUNKS: Final = tuple(_delta({"content": token}) for token in _TOKENS)


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Endpoint, "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    # A collection's pause of all streams together would count as the server's silence.
    gc.disable()
    uvloop.run(_serve(int(sys.argv[1])))
