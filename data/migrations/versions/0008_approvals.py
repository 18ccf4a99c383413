"""Approvals of writes, and runs that wait for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _set_run_states("'accepted', 'running', 'waiting'")
    op.create_table(
        "approvals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("arguments", postgresql.JSONB(), nullable=False),
        sa.Column("preview", postgresql.JSONB(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True)),
        sa.Column("used_at", sa.TIMESTAMP(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_approvals_run_id_runs", ondelete="CASCADE"),
        sa.UniqueConstraint("run_id", "call_id", name="uq_approvals_run_id"),
        sa.CheckConstraint(
            "state IN ('pending', 'approved', 'edited', 'rejected', 'expired', 'used')",
            name=op.f("ck_approvals_state"),
        ),
    )
    op.create_index(
        "ix_approvals_user_id_expires_at",
        "approvals",
        ["user_id", "expires_at"],
        postgresql_where=sa.text("state = 'pending'"),
    )


def downgrade() -> None:
    op.drop_table("approvals")
    op.execute("UPDATE runs SET state = 'cancelled', finished_at = now() WHERE state = 'waiting'")
    _set_run_states("'accepted', 'running'")


def _set_run_states(unfinished: str) -> None:
    op.drop_constraint(op.f("ck_runs_state"), "runs")
    op.create_check_constraint(
        op.f("ck_runs_state"), "runs", f"state IN ({unfinished}, 'completed', 'failed', 'cancelled')"
    )
    op.drop_index("uq_runs_unfinished_conversation_id", "runs")
    op.create_index(
        "uq_runs_unfinished_conversation_id",
        "runs",
        ["conversation_id"],
        unique=True,
        postgresql_where=sa.text(f"state IN ({unfinished})"),
    )
