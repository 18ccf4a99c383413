"""What people thought of answers."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid()),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("comment", sa.Text()),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "run_id", name="pk_feedback"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_feedback_run_id_runs", ondelete="CASCADE"),
        sa.CheckConstraint("rating IN ('up', 'down')", name="ck_feedback_rating"),
    )


def downgrade() -> None:
    op.drop_table("feedback")
