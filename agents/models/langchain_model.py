"""Any LangChain chat model, by name (`provider:model`), on the general path: one message chunk per token."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.messages.utils import convert_to_messages

from agents.models.pacing import paced
from agents.models.port import (
    CUTS,
    Cut,
    ModelError,
    ModelEvent,
    ModelRequest,
    Tell,
    TextDelta,
    ToolCall,
    ToolCallsRequested,
    Usage,
)
from tools.calls import MAX_ARGUMENTS_CHARS


class LangChainModel:
    """Adapts a LangChain chat model to the port."""

    def __init__(self, model: BaseChatModel, name: str) -> None:
        self._model = model
        self._name = name

    @classmethod
    def by_name(cls, name: str) -> LangChainModel:
        """The model that LangChain knows by this name; its provider's package must be installed.

        Raises ModelError that says which package is missing or which name is unknown.
        """
        # Imported here: the package is large, and most runs use another model.
        from langchain.chat_models import init_chat_model

        try:
            return cls(init_chat_model(name), name)
        except (ImportError, ValueError) as error:
            raise ModelError(f"The chat model '{name}' cannot be used: {error}", retryable=False) from error

    @property
    def name(self) -> str:
        """The name it was asked for by."""
        return self._name

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        """One completion. Every exception of the provider becomes a retryable ModelError."""
        whole: AIMessageChunk | None = None
        try:
            async with aclosing(self._chunks(request)) as chunks:
                async for chunk in chunks:
                    whole = chunk if whole is None else whole + chunk
                    if text := chunk.text:
                        tell(TextDelta(text))
                    if _is_too_long(whole):
                        break
        except ModelError as error:
            error.received = _unsaid(whole)
            raise
        for event in _end(whole):
            tell(event)

    async def _chunks(self, request: ModelRequest) -> AsyncGenerator[AIMessageChunk, None]:
        tools = [
            {"type": "function", "function": {"name": t.name, "description": t.description, "parameters": t.parameters}}
            for t in request.tools
            if request.tools_allowed
        ]
        runnable = self._model.bind_tools(tools) if tools else self._model
        try:
            messages = convert_to_messages([dict(message) for message in request.messages])
            async for chunk in paced(runnable.astream(messages)):
                if isinstance(chunk, AIMessageChunk):
                    yield chunk
        except ModelError:
            raise
        except Exception as error:
            raise ModelError(f"The model '{self._name}' failed.", retryable=True, said=str(error)) from error


def _is_too_long(message: AIMessageChunk) -> bool:
    """Whether a call is longer than any may be, so that what is still to come of it would change nothing."""
    return any(len(chunk["args"] or "") > MAX_ARGUMENTS_CHARS for chunk in message.tool_call_chunks)


def _unsaid(message: AIMessageChunk | None) -> str | None:
    """What had come of tool calls, which are told at the end only; None when nothing at all had come."""
    if message is None:
        return None
    return "".join(f"{chunk['name'] or ''}{chunk['args'] or ''}" for chunk in message.tool_call_chunks)


def _end(message: AIMessageChunk | None) -> list[ModelEvent]:
    """The tool calls and the usage of the whole message."""
    if message is None:
        raise ModelError("The model answered nothing.", retryable=True)
    events: list[ModelEvent] = []
    if message.usage_metadata:
        events.append(Usage(message.usage_metadata["input_tokens"], message.usage_metadata["output_tokens"]))
    if (cut := _cut(message)) is not None:
        events.append(cut)
    if message.tool_calls:
        calls = (
            ToolCall(call["id"] or f"call_{index}", call["name"], json.dumps(call["args"]))
            for index, call in enumerate(message.tool_calls)
        )
        events.append(ToolCallsRequested(tuple(calls)))
    return events


def _cut(message: AIMessageChunk) -> Cut | None:
    """Whether the message ends before it is complete, by the names of OpenAI, Anthropic and Google."""
    about = message.response_metadata
    reason = str(about.get("finish_reason") or about.get("stop_reason") or "").lower()
    return CUTS.get(
        {"max_tokens": "length", "refusal": "content_filter", "safety": "content_filter"}.get(reason, reason)
    )
