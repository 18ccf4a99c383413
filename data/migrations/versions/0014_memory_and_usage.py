"""Memories, what runs cost, and which model and prompt they were asked of."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_OF_RUNS = ("cost_usd", "wanted_model", "wanted_prompt_version")


def upgrade() -> None:
    op.create_table(
        "memories",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_memories"),
        sa.UniqueConstraint("user_id", "text", name="uq_memories_user_id"),
    )
    op.add_column("runs", sa.Column("cost_usd", sa.Numeric(), server_default=sa.text("0"), nullable=False))
    op.add_column("runs", sa.Column("wanted_model", sa.Text()))
    op.add_column("runs", sa.Column("wanted_prompt_version", sa.Text()))


def downgrade() -> None:
    for column in _OF_RUNS:
        op.drop_column("runs", column)
    op.drop_table("memories")
