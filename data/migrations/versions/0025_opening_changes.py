"""What accounts were said to have opened with, as people change it."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opening_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.Numeric(20, 4), nullable=False),
        sa.Column("after", sa.Numeric(20, 4), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_opening_changes_account_id_accounts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opening_changes"),
    )
    op.create_index("ix_opening_changes_account_id", "opening_changes", ["account_id", "id"])


def downgrade() -> None:
    op.drop_table("opening_changes")
