"""Conversations and the runs that answer their questions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.TIMESTAMP(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index(
        "ix_conversations_user_id_updated_at_id",
        "conversations",
        ["user_id", "updated_at", "id"],
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    _create_runs()


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sa.Text()),
        sa.Column("request_sha256", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.JSONB(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("model", sa.Text()),
        sa.Column("prompt_id", sa.Text()),
        sa.Column("prompt_version", sa.Text()),
        sa.Column("prompt_hash", sa.Text()),
        sa.Column("user_message", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("message_id", sa.Uuid()),
        sa.Column("citations", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("problem", postgresql.JSONB()),
        sa.Column("prompt_tokens", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("completion_tokens", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("started_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("finished_at", sa.TIMESTAMP(timezone=True)),
        sa.Column("owner", sa.Text()),
        sa.Column("heartbeat_at", sa.TIMESTAMP(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_runs_conversation_id_conversations"
        ),
        sa.UniqueConstraint("user_id", "idempotency_key", name="uq_runs_user_id"),
        sa.CheckConstraint(
            "state IN ('accepted', 'running', 'completed', 'failed', 'cancelled')", name=op.f("ck_runs_state")
        ),
    )
    op.create_index("ix_runs_user_id_conversation_id_started_at", "runs", ["user_id", "conversation_id", "started_at"])
    op.create_index(
        "uq_runs_unfinished_conversation_id",
        "runs",
        ["conversation_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('accepted', 'running')"),
    )


def downgrade() -> None:
    op.drop_table("runs")
    op.drop_table("conversations")
