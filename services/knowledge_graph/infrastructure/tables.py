"""The table of consents. `user_id` refers to the user context, which may live in another database."""

from sqlalchemy import TIMESTAMP, Boolean, Column, Index, Table, Uuid, text

from services.shared.infrastructure.metadata import metadata

similarity_consents = Table(
    "similarity_consents",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("granted", Boolean, nullable=False),
    Column("changed_at", TIMESTAMP(timezone=True), nullable=False),
    Index("ix_similarity_consents_granted", "user_id", postgresql_where=text("granted")),
)
