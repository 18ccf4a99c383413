"""What a client may say on the chat's WebSocket."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from services.conversation.domain.approvals.approval import Decision


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ref: str | None = Field(default=None, max_length=64, description="comes back with what answers this message")


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
    last_event_id: int = Field(default=0, ge=0, le=2**31)


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

client_messages: TypeAdapter[ClientMessage] = TypeAdapter(Annotated[ClientMessage, Field(discriminator="type")])
