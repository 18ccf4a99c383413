"""The port to a reasoning model: messages and tool schemas in, text and tool calls out.

Messages keep OpenAI's chat-completions format, which every provider and every stored conversation can be turned into.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NotRequired, Protocol, TypedDict


class FunctionCall(TypedDict):
    """The function of a tool call; `arguments` is JSON text."""

    name: str
    arguments: str


class MessageToolCall(TypedDict):
    """A tool call inside an assistant message."""

    id: str
    type: Literal["function"]
    function: FunctionCall


class Message(TypedDict):
    """One chat message. A tool message's content is the tool's JSON result, or `{"error": {"code", "detail"}}`."""

    role: Literal["system", "user", "assistant", "tool"]
    content: str | None
    tool_calls: NotRequired[list[MessageToolCall]]
    tool_call_id: NotRequired[str]


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as a model sees it; `parameters` is a JSON Schema object."""

    name: str
    description: str
    parameters: dict[str, object]


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A model's wish to run a tool; `arguments` is JSON text, not yet validated."""

    call_id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Text that arrived together: one token or many."""

    text: str


@dataclass(frozen=True, slots=True)
class ToolCallsRequested:
    """The model's turn ends with these calls, to be run in parallel."""

    calls: tuple[ToolCall, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one completion, as the provider counts them."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Serving:
    """Which model of several has begun to answer."""

    model: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A try broke off after `received` and another one is made: its tokens are spent all the same."""

    model: str
    received: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The answer ends before it is complete: at the model's limit of length, or because its provider filters it."""

    reason: Literal["length", "content_filter"]


CUTS: Final = {"length": Cut("length"), "content_filter": Cut("content_filter")}
"""By OpenAI's names of why a completion ended."""

ModelEvent = TextDelta | ToolCallsRequested | Usage | Serving | Lost | Cut
Tell = Callable[[ModelEvent], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRequest:
    """One completion. `today` and `timezone` are the person's; `tools_allowed` is false in the last round.

    `only` names the model that must answer, because it has begun to speak or to write in this turn.
    """

    messages: list[Message]
    tools: tuple[ToolSpec, ...]
    tools_allowed: bool = True
    today: date
    timezone: str = "Asia/Kolkata"
    only: str | None = None


class ReasoningModel(Protocol):
    """A model that reasons with tools."""

    @property
    def name(self) -> str:
        """How runs and usage name the model."""
        ...

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        """One completion, told as it is made: a call costs a token less than a turn of an asynchronous iterator.

        Raises `ModelError` when the provider fails. A listener that has heard enough raises; that goes through.
        """
        ...


class ModelError(Exception):
    """A provider failed. `retryable` says whether another model may be asked, nothing having been said yet.

    `repeatable` says whether the same model may be asked again, and `retry_after_s` how long its provider wants to be
    left alone before. `received` is what had come of the answer and was in no event yet, None when nothing had come.
    The detail is for the person; `said` is what the provider itself said, for the log alone: it may hold keys.
    """

    def __init__(
        self,
        detail: str,
        *,
        retryable: bool,
        repeatable: bool = False,
        retry_after_s: float | None = None,
        said: str = "",
    ) -> None:
        super().__init__(detail)
        self.said = said
        self.retryable = retryable
        self.repeatable = repeatable
        self.retry_after_s = retry_after_s
        self.received: str | None = None
