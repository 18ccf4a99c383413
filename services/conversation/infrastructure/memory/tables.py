"""The table of memories."""

from sqlalchemy import TIMESTAMP, Column, Table, Text, UniqueConstraint, Uuid

from services.shared.infrastructure.metadata import metadata

memories = Table(
    "memories",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("text", Text, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Column("updated_at", TIMESTAMP(timezone=True), nullable=False),
    UniqueConstraint("user_id", "text"),
)
