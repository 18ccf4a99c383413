"""The index of days holds the text that a search looks in."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_TEXT = "payee || chr(1) || narration || chr(1) || note"
_KEY = ["user_id", "booked_on", "id"]


def upgrade() -> None:
    _search_in(f"CASE WHEN octet_length({_TEXT}) <= 2000 THEN lower({_TEXT}) ELSE NULL::text END")
    op.drop_index("ix_transactions_user_day", "transactions")
    op.create_index("ix_transactions_user_day", "transactions", _KEY, postgresql_include=["search_text"])
    op.create_index("ix_transactions_long_text", "transactions", _KEY, postgresql_where=sa.text("search_text IS NULL"))


def downgrade() -> None:
    op.drop_index("ix_transactions_long_text", "transactions")
    op.drop_index("ix_transactions_user_day", "transactions")
    op.create_index("ix_transactions_user_day", "transactions", _KEY)
    _search_in(f"lower({_TEXT})")


def _search_in(expression: str) -> None:
    """Have another expression: a column of what is generated is made anew."""
    op.drop_column("transactions", "search_text")
    op.add_column("transactions", sa.Column("search_text", sa.Text(), sa.Computed(expression, persisted=True)))
