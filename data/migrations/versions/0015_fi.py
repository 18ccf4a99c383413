"""Links to Fi, and credit reports from there."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fi_links",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("session", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("login_url", sa.Text()),
        sa.Column("linked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("synced_at", sa.TIMESTAMP(timezone=True)),
        sa.Column("flags", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_fi_links"),
    )
    op.create_table(
        "credit_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("reported_on", sa.Date()),
        sa.Column("fetched_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("report", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_credit_reports"),
        sa.UniqueConstraint("user_id", "sha256", name="uq_credit_reports_user_id"),
    )
    op.create_index("ix_credit_reports_user_id", "credit_reports", ["user_id", "fetched_at"])


def downgrade() -> None:
    op.drop_table("credit_reports")
    op.drop_table("fi_links")
