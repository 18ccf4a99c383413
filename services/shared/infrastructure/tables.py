"""Tables that belong to no context."""

from sqlalchemy import TIMESTAMP, Column, Index, LargeBinary, PrimaryKeyConstraint, Table, Text, Uuid, func

from services.shared.infrastructure.metadata import metadata

effects = Table(
    "effects",
    metadata,
    Column("user_id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("result", LargeBinary, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("user_id", "key"),
    Index("ix_effects_created_at", "created_at"),
)
