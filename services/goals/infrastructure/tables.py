"""The goals table."""

from sqlalchemy import TIMESTAMP, CheckConstraint, Column, Date, Index, Numeric, SmallInteger, Table, Text, Uuid

from services.shared.infrastructure.metadata import metadata

goals = Table(
    "goals",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("goal_type", Text, nullable=False),
    Column("target_amount", Numeric(20, 4), nullable=False),
    Column("saved_amount", Numeric(20, 4), nullable=False),
    Column("currency", Text, nullable=False),
    Column("target_date", Date, nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    CheckConstraint("target_amount > 0", name="target_amount_positive"),
    CheckConstraint("saved_amount >= 0", name="saved_amount_not_negative"),
    Index("ix_goals_user_id", "user_id"),
)
