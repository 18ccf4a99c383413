"""The tables of goals."""

from sqlalchemy import (
    TIMESTAMP,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    Table,
    Text,
    Uuid,
)

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
    Column("inflation_adjusted", Boolean, nullable=False),
    Column("priced_on", Date),
    Column("monthly_contribution", Numeric(20, 4)),
    Column("step_up_percent", Numeric(5, 2), nullable=False),
    Column("planned_from", Date),
    Column("state", Text, nullable=False),
    CheckConstraint("target_amount > 0", name="target_amount_positive"),
    CheckConstraint("saved_amount >= 0", name="saved_amount_not_negative"),
    Index("ix_goals_user_id", "user_id"),
)

goal_contributions = Table(
    "goal_contributions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("goal_id", Uuid, ForeignKey("goals.id", ondelete="CASCADE"), nullable=False),
    Column("amount", Numeric(20, 4), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("note", Text),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Index("ix_goal_contributions_goal_id", "goal_id", "id"),
)

goal_account_links = Table(
    "goal_account_links",
    metadata,
    Column("goal_id", Uuid, ForeignKey("goals.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Uuid, primary_key=True),
    Column("place", SmallInteger, nullable=False),
    Column("share_percent", Numeric(5, 2), nullable=False),
    CheckConstraint("share_percent > 0 AND share_percent <= 100", name="share_in_bounds"),
)

goal_assumptions = Table(
    "goal_assumptions",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Numeric(12, 2), nullable=False),
)
