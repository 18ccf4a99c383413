"""What a tool is: a typed, scope-checked wrapper over one use case."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from services.shared.domain.identity import Identity


class ToolArguments(BaseModel):
    """Base of every tool's arguments: unknown ones are refused, amounts are decimal strings."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


A = TypeVar("A", bound=ToolArguments)


class Effect(StrEnum):
    """Whether a tool changes anything. A write never runs without the person's approval."""

    READ = "read"
    WRITE = "write"


class Cost(StrEnum):
    """How much work a call is: `low` is one indexed query, `high` scans or simulates."""

    LOW = "low"
    HIGH = "high"

    @property
    def timeout_s(self) -> int:
        """How long a call may take, in seconds."""
        return 30 if self is Cost.HIGH else 10


# What turns the direction of writing round; the joiners of Indian scripts stay.
_DIRECTIONS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BREAKS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def _one_plain_line(text: str) -> str:
    return _BREAKS.sub(" ", _DIRECTIONS.sub("", text))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a write will do, in words and figures: what the person reads before approving it.

    It is made by the server from the validated arguments and the person's own records, never by a model. `summary` is
    one sentence; `details` are pairs of a label and its value as shown.
    """

    summary: str
    details: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Keep names of the person's, or a model's, choice from making it look like something else."""
        object.__setattr__(self, "summary", _one_plain_line(self.summary))
        object.__setattr__(self, "details", tuple((label, _one_plain_line(value)) for label, value in self.details))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool(Generic[A]):
    """A tool. `run` gets the caller's identity, which no argument can change, and answers with a view.

    A write has a `preview`, which changes nothing and refuses what `run` would refuse as far as it can tell.
    """

    name: str
    description: str
    scope: str
    arguments: type[A]
    run: Callable[[Identity, A], Awaitable[object]]
    effect: Effect = Effect.READ
    cost: Cost = Cost.LOW
    cacheable: bool = True
    preview: Callable[[Identity, A], Awaitable[Preview]] | None = None

    def __post_init__(self) -> None:
        if (self.effect is Effect.WRITE) != (self.preview is not None):
            raise TypeError(f"the tool '{self.name}' must have a preview if, and only if, it writes")

    def parameters(self) -> dict[str, Any]:
        """The JSON Schema of the arguments, by the names that callers use. It is shared: do not change it."""
        return _schema(self.arguments)


@cache
def _schema(arguments: type[ToolArguments]) -> dict[str, Any]:
    """Made once: every turn tells the model every tool, and making a schema takes a millisecond."""
    schema = arguments.model_json_schema(by_alias=True)
    return {key: _untitled(value) for key, value in schema.items() if key not in {"title", "description"}}


def _untitled(value: Any) -> Any:
    """The schema without pydantic's titles, which say nothing and cost tokens."""
    if isinstance(value, dict):
        return {key: _untitled(item) for key, item in value.items() if not (key == "title" and isinstance(item, str))}
    return [_untitled(item) for item in value] if isinstance(value, list) else value
