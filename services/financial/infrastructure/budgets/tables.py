"""Tables of the budgets."""

from sqlalchemy import (
    TIMESTAMP,
    Column,
    Date,
    ForeignKey,
    Index,
    Numeric,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from services.shared.infrastructure.metadata import metadata

_AMOUNT = Numeric(20, 4)

budgets = Table(
    "budgets",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("category", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("rollover", Text, nullable=False),
    Column("alert_percent", SmallInteger, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    UniqueConstraint("user_id", "category", "currency"),
)

# Months are kept as their first day.
budget_limits = Table(
    "budget_limits",
    metadata,
    Column("budget_id", Uuid, ForeignKey("budgets.id", ondelete="CASCADE"), primary_key=True),
    Column("month", Date, primary_key=True),
    Column("amount", _AMOUNT, nullable=False),
)

budget_alerts = Table(
    "budget_alerts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("budget_id", Uuid, ForeignKey("budgets.id", ondelete="CASCADE"), nullable=False),
    Column("month", Date, nullable=False),
    Column("level", Text, nullable=False),
    Column("available", _AMOUNT, nullable=False),
    Column("spent", _AMOUNT, nullable=False),
    Column("raised_at", TIMESTAMP(timezone=True), nullable=False),
    UniqueConstraint("budget_id", "month", "level"),
    Index("ix_budget_alerts_user_id", "user_id", "id"),
)
