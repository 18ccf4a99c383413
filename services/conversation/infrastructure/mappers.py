"""Rows of the conversation context to entities, and back."""

import dataclasses
from typing import Any, Final

from sqlalchemy import Row

from services.conversation.domain.conversation import Conversation
from services.conversation.domain.run import Run, RunState
from services.shared.domain.ids import ConversationId, MessageId, RunId, UserId

CONVERSATION: Final = tuple(field.name for field in dataclasses.fields(Conversation))
ACCEPTED: Final = (
    "id",
    "user_id",
    "conversation_id",
    "idempotency_key",
    "request_sha256",
    "scopes",
    "state",
    "user_message",
    "started_at",
    "parent_id",
    "replaces_id",
    "wanted_model",
    "wanted_prompt_version",
    "model",
    "prompt_id",
    "prompt_version",
    "prompt_hash",
    "owner",
    "heartbeat_at",
)
"""The columns of a run that has just been accepted, or started at once; the others are filled as it goes on."""


def to_conversation(row: Row[Any]) -> Conversation:
    """The conversation in a row of `conversations`."""
    return Conversation(
        id=ConversationId(row.id),
        user_id=UserId(row.user_id),
        title=row.title,
        created_at=row.created_at,
        updated_at=row.updated_at,
        head_id=RunId(row.head_id) if row.head_id is not None else None,
    )


def to_run(row: Row[Any]) -> Run:
    """The run in a row of `runs`."""
    return Run(
        id=RunId(row.id),
        user_id=UserId(row.user_id),
        conversation_id=ConversationId(row.conversation_id),
        idempotency_key=row.idempotency_key,
        request_sha256=row.request_sha256,
        scopes=tuple(row.scopes),
        user_message=row.user_message,
        started_at=row.started_at,
        state=RunState(row.state),
        model=row.model,
        prompt_id=row.prompt_id,
        prompt_version=row.prompt_version,
        prompt_hash=row.prompt_hash,
        answer=row.answer,
        message_id=MessageId(row.message_id) if row.message_id is not None else None,
        citations=tuple(row.citations),
        problem=row.problem,
        prompt_tokens=row.prompt_tokens,
        completion_tokens=row.completion_tokens,
        finished_at=row.finished_at,
        owner=row.owner,
        heartbeat_at=row.heartbeat_at,
        wanted_model=row.wanted_model,
        wanted_prompt_version=row.wanted_prompt_version,
        parent_id=RunId(row.parent_id) if row.parent_id is not None else None,
        replaces_id=RunId(row.replaces_id) if row.replaces_id is not None else None,
    )


def accepted_row(run: Run) -> dict[str, object]:
    """The row of a run that has just been accepted."""
    return {name: getattr(run, name) for name in ACCEPTED}


def conversation_row(conversation: Conversation) -> dict[str, object]:
    """Its fields as they are: `asdict` copies each of them deeply, which costs as much as the insert."""
    return {name: getattr(conversation, name) for name in CONVERSATION}
