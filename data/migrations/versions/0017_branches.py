"""Turns follow turns, and may be other versions of one; a conversation has a chosen branch."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("head_id", sa.Uuid()))
    op.add_column("runs", sa.Column("parent_id", sa.Uuid()))
    op.add_column("runs", sa.Column("replaces_id", sa.Uuid()))
    # So far each conversation was one line.
    op.execute(
        "UPDATE runs SET parent_id = line.before FROM (SELECT id, lag(id) OVER (PARTITION BY conversation_id "
        "ORDER BY started_at, id) AS before FROM runs) AS line WHERE line.id = runs.id"
    )
    op.execute(
        "UPDATE conversations SET head_id = last.id FROM (SELECT DISTINCT ON (conversation_id) conversation_id, id "
        "FROM runs ORDER BY conversation_id, started_at DESC, id DESC) AS last WHERE last.conversation_id = "
        "conversations.id"
    )
    op.create_index("ix_runs_parent_id", "runs", ["parent_id"])


def downgrade() -> None:
    op.drop_index("ix_runs_parent_id", "runs")
    op.drop_column("runs", "replaces_id")
    op.drop_column("runs", "parent_id")
    op.drop_column("conversations", "head_id")
