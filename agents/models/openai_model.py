"""Any OpenAI-compatible endpoint, through the openai SDK and its raw response.

The SDK's `chat.completions.create` walks through all messages and every tool's schema at each call, and its transport
makes several objects per chunk. So the body is made here, with the tools serialised once, and what comes is read as
bytes.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import openai
import orjson
import structlog
from openai import Timeout

from agents.models.connection import Later, Take, at_once
from agents.models.endpoint import Endpoint
from agents.models.openai_stream import StreamReader
from agents.models.port import ModelError, ModelRequest, Tell, ToolSpec
from agents.models.transport import DELIVER

log = structlog.get_logger(__name__)

# Raw responses let the transport's own errors through; which transport is the SDK's affair.
_TRANSPORTS: Final = frozenset({"httpx", "httpx2", "httpcore", "httpcore2"})
_TOOL_SETS: Final = 16


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

    def __init__(self, settings: OpenAISettings, later: Later = at_once) -> None:
        """`later` says when to look at more of a text: a process with many streams looks at all of them together."""
        self._settings = settings
        self._later = later
        self._endpoint = Endpoint(
            base_url=settings.base_url,
            api_key=settings.api_key,
            timeout=Timeout(
                settings.between_tokens_timeout_s, connect=settings.connect_timeout_s, pool=settings.connect_timeout_s
            ),
        )
        self._tools: OrderedDict[int, tuple[Sequence[ToolSpec], orjson.Fragment]] = OrderedDict()

    @property
    def name(self) -> str:
        """The model's name at its provider."""
        return self._settings.model

    async def prepare(self) -> None:
        """Connect before the first question. An endpoint that is down now may be up then."""
        try:
            await self._endpoint.prepare()
        except (OSError, httpx2.TransportError) as error:
            log.warning("model.unreachable", model=self.name, error=str(error))

    async def close(self) -> None:
        """Close the connections."""
        await self._endpoint.close()

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        """One completion. Raises ModelError on every failure of the provider, timeouts included."""
        reader = StreamReader()
        try:
            with _provider_errors():
                async with asyncio.timeout(self._settings.first_token_timeout_s) as first_token:
                    response = await self._endpoint.send(self._body(request))

                    def take(data: bytes) -> None:
                        if first_token.when() is not None:
                            first_token.reschedule(None)
                        for event in reader.feed(data):
                            tell(event)

                    def later(look: Callable[[], None]) -> None:
                        self._later(look) if reader.speaks else look()

                    try:
                        await _deliver(response, take, later)
                    finally:
                        await response.aclose()
            for event in reader.end():
                tell(event)
        except ModelError as error:
            error.received = reader.unsaid
            raise

    def _body(self, request: ModelRequest) -> bytes:
        parameters: dict[str, Any] = {
            "model": self._settings.model,
            "messages": request.messages,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if request.tools:
            parameters["tools"] = self._tools_json(request.tools)
            parameters["tool_choice"] = "auto" if request.tools_allowed else "none"
        if self._settings.temperature is not None:
            parameters["temperature"] = self._settings.temperature
        return orjson.dumps(parameters)

    def _tools_json(self, specs: Sequence[ToolSpec]) -> orjson.Fragment:
        """The tools in the API's form, made once for a sequence that is offered again and again."""
        known = self._tools.get(id(specs))
        if known is None:
            made = orjson.dumps([{"type": "function", "function": _function(spec)} for spec in specs])
            # The sequence is kept with its text, so that no other one can have its id.
            known = self._tools[id(specs)] = specs, orjson.Fragment(made)
            if len(self._tools) > _TOOL_SETS:
                self._tools.popitem(last=False)
        return known[1]


async def _deliver(response: httpx2.Response, take: Take, later: Later) -> None:
    """The body, which was asked for as it is: decoding it all the same costs as much per token as reading it."""
    if DELIVER in response.extensions and "content-encoding" not in response.headers:
        await response.extensions[DELIVER](take, later)
        return
    async for data in response.aiter_bytes():
        take(data)


def _function(spec: ToolSpec) -> dict[str, object]:
    return {"name": spec.name, "description": spec.description, "parameters": spec.parameters}


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Seconds of `Retry-After` (RFC 9110, section 10.2.3); its form as a date is for pages and not waited for."""
    try:
        return max(float(headers["retry-after"]), 0.0)
    except (KeyError, ValueError):
        return None


def _refusal(status: int, *, retryable: bool) -> str:
    """What a status means and, where asking again does not mend it, who has to do what."""
    match status:
        case 401 | 403:
            return (
                "The model's provider does not accept this server's key. Whoever runs the server has to check "
                "NIVESH_LLM_API_KEY."
            )
        case 404:
            return (
                "The model's provider does not know the model. Whoever runs the server has to check NIVESH_LLM_MODEL "
                "and NIVESH_LLM_BASE_URL."
            )
        case _ if retryable:
            return f"The model's provider answered {status}: it is busy or down."
        case _:
            return f"The model's provider answered {status}. Ask for less, in other words, or in a new conversation."


@contextlib.contextmanager
def _provider_errors() -> Iterator[None]:
    """Turns the SDK's errors into ModelError: what a repeat elsewhere may mend is retryable, a refusal is not."""
    try:
        yield
    except openai.APIStatusError as error:
        retryable = error.status_code in {408, 409, 429} or error.status_code >= 500
        raise ModelError(
            _refusal(error.status_code, retryable=retryable),
            retryable=retryable,
            repeatable=retryable,
            retry_after_s=_retry_after_s(error.response.headers),
            said=error.message,
        ) from error
    except (TimeoutError, openai.APITimeoutError) as error:
        raise ModelError("The model took too long to answer.", retryable=True) from error
    except openai.APIError as error:
        raise ModelError("The model could not be reached.", retryable=True, said=error.message) from error
    except Exception as error:
        if type(error).__module__.split(".")[0] in _TRANSPORTS:
            raise ModelError("The connection to the model broke.", retryable=True, said=repr(error)) from error
        raise
