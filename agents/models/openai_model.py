"""Any OpenAI-compatible endpoint, through the openai SDK and its raw response."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import openai
from openai import AsyncOpenAI, Timeout

from agents.models.openai_stream import StreamReader
from agents.models.port import ModelError, ModelEvent, ModelRequest, ToolSpec

# Raw responses let the transport's own errors through; which transport is the SDK's affair.
_TRANSPORTS = frozenset({"httpx", "httpx2", "httpcore", "httpcore2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAISettings:
    """Where the endpoint is and how long to wait for it (the SDK's own defaults are 600 s and two retries)."""

    base_url: str | None = None
    api_key: str = "none"
    model: str = "gpt-4o-mini"
    temperature: float | None = None
    connect_timeout_s: float = 2
    first_token_timeout_s: float = 10
    between_tokens_timeout_s: float = 15


class OpenAIModel:
    """A reasoning model behind an OpenAI-compatible chat-completions endpoint."""

    def __init__(self, settings: OpenAISettings) -> None:
        self._settings = settings
        self._client = AsyncOpenAI(
            api_key=settings.api_key,
            base_url=settings.base_url,
            max_retries=1,
            timeout=Timeout(
                settings.between_tokens_timeout_s, connect=settings.connect_timeout_s, pool=settings.connect_timeout_s
            ),
        )

    @property
    def name(self) -> str:
        """The model's name at its provider."""
        return self._settings.model

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        """One completion. Raises ModelError on every failure of the provider, timeouts included."""
        reader = StreamReader()
        with _provider_errors():
            async with (
                asyncio.timeout(self._settings.first_token_timeout_s) as first_token,
                self._client.chat.completions.with_streaming_response.create(**self._parameters(request)) as response,
            ):
                async for data in response.iter_bytes():
                    first_token.reschedule(None)
                    for event in reader.feed(data):
                        yield event
        for event in reader.end():
            yield event

    def _parameters(self, request: ModelRequest) -> dict[str, Any]:
        parameters: dict[str, Any] = {
            "model": self._settings.model,
            "messages": request.messages,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if request.tools:
            parameters["tools"] = [_tool(spec) for spec in request.tools]
            parameters["tool_choice"] = "auto" if request.tools_allowed else "none"
        if self._settings.temperature is not None:
            parameters["temperature"] = self._settings.temperature
        return parameters


def _tool(spec: ToolSpec) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {"name": spec.name, "description": spec.description, "parameters": spec.parameters},
    }


@contextlib.contextmanager
def _provider_errors() -> Iterator[None]:
    """Turns the SDK's errors into ModelError: what a repeat elsewhere may mend is retryable, a refusal is not."""
    try:
        yield
    except openai.APIStatusError as error:
        retryable = error.status_code in {408, 409, 429} or error.status_code >= 500
        detail = f"The model's provider answered {error.status_code}: {error.message}"
        raise ModelError(detail, retryable=retryable) from error
    except (TimeoutError, openai.APITimeoutError) as error:
        raise ModelError("The model took too long to answer.", retryable=True) from error
    except openai.APIError as error:
        raise ModelError(f"The model could not be reached: {error.message}", retryable=True) from error
    except Exception as error:
        if type(error).__module__.split(".")[0] in _TRANSPORTS:
            raise ModelError(f"The model's stream broke: {error!r}", retryable=True) from error
        raise
