"""The table of approvals."""

from sqlalchemy import (
    TIMESTAMP,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.shared.infrastructure.metadata import metadata

approvals = Table(
    "approvals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("run_id", Uuid, nullable=False),
    Column("call_id", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("arguments", JSONB, nullable=False),
    Column("preview", JSONB, nullable=False),
    Column("digest", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Column("expires_at", TIMESTAMP(timezone=True), nullable=False),
    Column("decided_at", TIMESTAMP(timezone=True)),
    Column("used_at", TIMESTAMP(timezone=True)),
    ForeignKeyConstraint(["run_id"], ["runs.id"], ondelete="CASCADE"),
    UniqueConstraint("run_id", "call_id"),
    CheckConstraint("state IN ('pending', 'approved', 'edited', 'rejected', 'expired', 'used')", name="state"),
    Index("ix_approvals_user_id_expires_at", "user_id", "expires_at", postgresql_where=text("state = 'pending'")),
)
