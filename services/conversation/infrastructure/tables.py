"""Tables of the conversation context."""

from sqlalchemy import (
    TIMESTAMP,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

# These tables register themselves on the metadata.
import services.conversation.infrastructure.approvals.tables
import services.conversation.infrastructure.feedback.tables
import services.conversation.infrastructure.memory.tables
import services.conversation.infrastructure.webhooks.tables  # noqa: F401
from services.shared.infrastructure.metadata import metadata

conversations = Table(
    "conversations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("title", Text, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Column("updated_at", TIMESTAMP(timezone=True), nullable=False),
    Column("deleted_at", TIMESTAMP(timezone=True)),
    Column("head_id", Uuid),
    Index(
        "ix_conversations_user_id_updated_at_id",
        "user_id",
        "updated_at",
        "id",
        postgresql_where=text("deleted_at IS NULL"),
    ),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("conversation_id", Uuid, nullable=False),
    Column("idempotency_key", Text),
    Column("request_sha256", Text, nullable=False),
    Column("scopes", JSONB, nullable=False),
    Column("state", Text, nullable=False),
    Column("model", Text),
    Column("prompt_id", Text),
    Column("prompt_version", Text),
    Column("prompt_hash", Text),
    Column("user_message", Text, nullable=False),
    Column("answer", Text),
    Column("message_id", Uuid),
    Column("citations", JSONB, nullable=False, server_default=text("'[]'::jsonb")),
    Column("problem", JSONB(none_as_null=True)),
    Column("prompt_tokens", Integer, nullable=False, server_default=text("0")),
    Column("completion_tokens", Integer, nullable=False, server_default=text("0")),
    Column("cost_usd", Numeric, nullable=False, server_default=text("0")),
    Column("wanted_model", Text),
    Column("wanted_prompt_version", Text),
    Column("started_at", TIMESTAMP(timezone=True), nullable=False),
    Column("finished_at", TIMESTAMP(timezone=True)),
    Column("owner", Text),
    Column("heartbeat_at", TIMESTAMP(timezone=True)),
    Column("parent_id", Uuid),
    Column("replaces_id", Uuid),
    ForeignKeyConstraint(["conversation_id"], ["conversations.id"]),
    # Runs without a key do not meet here: NULLs are distinct.
    UniqueConstraint("user_id", "idempotency_key"),
    CheckConstraint("state IN ('accepted', 'running', 'waiting', 'completed', 'failed', 'cancelled')", name="state"),
    Index("ix_runs_parent_id", "parent_id"),
    Index("ix_runs_user_id_conversation_id_started_at", "user_id", "conversation_id", "started_at"),
    Index(
        "uq_runs_unfinished_conversation_id",
        "conversation_id",
        unique=True,
        postgresql_where=text("state IN ('accepted', 'running', 'waiting')"),
    ),
)
