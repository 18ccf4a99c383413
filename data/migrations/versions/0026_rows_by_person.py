"""Whatever a person has is found by an index of the person, as an export and an erasure look for it."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

# In the order in which histories are exported, as they may be as many as transactions.
_HISTORIES = "ix_transaction_versions_user", "transaction_versions", ["user_id", "transaction_id", "version"]
_TABLES = "imports", "loan_terms", "opening_changes", "webhook_deliveries"


def upgrade() -> None:
    op.create_index(*_HISTORIES)
    for table in _TABLES:
        op.create_index(f"ix_{table}_user_id", table, ["user_id"])


def downgrade() -> None:
    for table in _TABLES:
        op.drop_index(f"ix_{table}_user_id", table)
    op.drop_index(*_HISTORIES[:2])
