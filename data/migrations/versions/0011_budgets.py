"""Budgets, their limits over time, and the alerts they gave."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_AMOUNT = sa.Numeric(20, 4)


def upgrade() -> None:
    op.create_table(
        "budgets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("rollover", sa.Text(), nullable=False),
        sa.Column("alert_percent", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budgets"),
        sa.UniqueConstraint("user_id", "category", "currency", name="uq_budgets_user_id"),
    )
    op.create_table(
        "budget_limits",
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount", _AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("budget_id", "month", name="pk_budget_limits"),
        sa.ForeignKeyConstraint(
            ["budget_id"], ["budgets.id"], name="fk_budget_limits_budget_id_budgets", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "budget_alerts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("budget_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("available", _AMOUNT, nullable=False),
        sa.Column("spent", _AMOUNT, nullable=False),
        sa.Column("raised_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_alerts"),
        sa.ForeignKeyConstraint(
            ["budget_id"], ["budgets.id"], name="fk_budget_alerts_budget_id_budgets", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("budget_id", "month", "level", name="uq_budget_alerts_budget_id"),
    )
    op.create_index("ix_budget_alerts_user_id", "budget_alerts", ["user_id", "id"])


def downgrade() -> None:
    op.drop_table("budget_alerts")
    op.drop_table("budget_limits")
    op.drop_table("budgets")
