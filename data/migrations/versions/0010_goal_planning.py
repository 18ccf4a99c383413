"""What a goal is planned with: contributions, linked accounts, a person's own assumptions."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _plan_of_a_goal()
    op.create_table(
        "goal_contributions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Numeric(20, 4), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_goal_contributions"),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name="fk_goal_contributions_goal_id_goals", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_goal_contributions_goal_id", "goal_contributions", ["goal_id", "id"])
    op.create_table(
        "goal_account_links",
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("share_percent", sa.Numeric(5, 2), nullable=False),
        sa.PrimaryKeyConstraint("goal_id", "account_id", name="pk_goal_account_links"),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name="fk_goal_account_links_goal_id_goals", ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "share_percent > 0 AND share_percent <= 100", name=op.f("ck_goal_account_links_share_in_bounds")
        ),
    )
    op.create_table(
        "goal_assumptions",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(12, 2), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "name", name="pk_goal_assumptions"),
    )


def _plan_of_a_goal() -> None:
    # Goals that exist keep what they mean: a debt does not rise with prices, everything else does.
    op.add_column("goals", sa.Column("inflation_adjusted", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute("UPDATE goals SET inflation_adjusted = false WHERE goal_type = 'debt_payoff'")
    op.alter_column("goals", "inflation_adjusted", server_default=None)
    op.add_column("goals", sa.Column("priced_on", sa.Date()))
    op.add_column("goals", sa.Column("monthly_contribution", sa.Numeric(20, 4)))
    op.add_column("goals", sa.Column("step_up_percent", sa.Numeric(5, 2), nullable=False, server_default="0"))
    op.alter_column("goals", "step_up_percent", server_default=None)
    op.add_column("goals", sa.Column("planned_from", sa.Date()))
    op.add_column("goals", sa.Column("state", sa.Text(), nullable=False, server_default="unplanned"))
    op.alter_column("goals", "state", server_default=None)


def downgrade() -> None:
    op.drop_table("goal_assumptions")
    op.drop_table("goal_account_links")
    op.drop_table("goal_contributions")
    for column in (
        "state",
        "planned_from",
        "step_up_percent",
        "monthly_contribution",
        "priced_on",
        "inflation_adjusted",
    ):
        op.drop_column("goals", column)
