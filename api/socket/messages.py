"""What a client may say on the chat's WebSocket."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from agents.runs.events import MAX_SEQ
from services.conversation.domain.approvals.approval import Decision
from services.shared.domain.errors import InvalidInputError

REF_LENGTH: Final = 64


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ref: str | None = Field(
        default=None, max_length=REF_LENGTH, description="comes back with what answers this message"
    )


class Auth(_Message):
    """The first message, unless the token came as a subprotocol."""

    type: Literal["auth"]
    token: str = Field(max_length=8192)


class Ask(_Message):
    """A question; its run's events follow."""

    type: Literal["ask"]
    message: str | None = Field(default=None, max_length=8000)
    conversation_id: UUID | None = None
    replaces: UUID | None = Field(default=None, description="as in POST /chat")
    idempotency_key: str | None = Field(default=None, max_length=255)


class Follow(_Message):
    """Come back to a run, after the last event that was received."""

    type: Literal["follow"]
    run_id: UUID
    last_event_id: int = Field(default=0, ge=0, le=MAX_SEQ)


class Cancel(_Message):
    """Stop a run."""

    type: Literal["cancel"]
    run_id: UUID


class Decide(_Message):
    """A word on a write that waits; as POST /approvals/{id}/decision."""

    type: Literal["decide"]
    approval_id: UUID
    decision: Decision
    hash: str = Field(max_length=128)
    arguments: dict[str, Any] | None = None


class Ping(_Message):
    """Asks for a pong."""

    type: Literal["ping"]


ClientMessage = Auth | Ask | Follow | Cancel | Decide | Ping

_MESSAGES: Final[TypeAdapter[ClientMessage]] = TypeAdapter(Annotated[ClientMessage, Field(discriminator="type")])


def parse_message(text: str) -> ClientMessage:
    """A client's message; InvalidInputError says what is wrong with it."""
    try:
        return _MESSAGES.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "message"
        raise InvalidInputError(f"That message is not understood: {where}: {first['msg']}.") from error


def ref_of(text: str) -> str | None:
    """The `ref` of a message, of one as well that is not understood otherwise."""
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    ref = message.get("ref") if isinstance(message, dict) else None
    return ref if isinstance(ref, str) and len(ref) <= REF_LENGTH else None
