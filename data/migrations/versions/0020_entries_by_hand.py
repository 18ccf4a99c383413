"""An index of the few transactions that were entered by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_transactions_by_hand",
        "transactions",
        ["user_id", "booked_on"],
        postgresql_where=sa.text("import_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_transactions_by_hand", "transactions")
