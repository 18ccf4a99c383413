"""The table of feedback."""

from sqlalchemy import TIMESTAMP, CheckConstraint, Column, ForeignKeyConstraint, PrimaryKeyConstraint, Table, Text, Uuid

from services.shared.infrastructure.metadata import metadata

feedback = Table(
    "feedback",
    metadata,
    Column("user_id", Uuid, nullable=False),
    Column("run_id", Uuid, nullable=False),
    Column("message_id", Uuid),
    Column("rating", Text, nullable=False),
    Column("reason", Text),
    Column("comment", Text),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Column("updated_at", TIMESTAMP(timezone=True), nullable=False),
    PrimaryKeyConstraint("user_id", "run_id"),
    ForeignKeyConstraint(["run_id"], ["runs.id"], ondelete="CASCADE"),
    CheckConstraint("rating IN ('up', 'down')", name="rating"),
)
