"""What people add to their transactions: own categories, parts, notes, tags, history, entries by hand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

AMOUNT = sa.Numeric(20, 4)


def upgrade() -> None:
    _create_own_categories()
    _extend_transactions()
    _cover_categories("amount", "account_id", "is_split")
    _create_parts()
    _create_history()


def _create_own_categories() -> None:
    op.create_table(
        "own_categories",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_categories"),
    )
    op.create_index("uq_own_categories_name", "own_categories", ["user_id", sa.text("lower(name)")], unique=True)


def _extend_transactions() -> None:
    op.alter_column("transactions", "import_id", nullable=True)
    op.add_column("transactions", sa.Column("own_category_id", sa.Uuid()))
    op.add_column("transactions", sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column(
        "transactions", sa.Column("tags", sa.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column("transactions", sa.Column("is_split", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("category_rules", sa.Column("own_category_id", sa.Uuid()))
    for table in ("transactions", "category_rules"):
        op.create_foreign_key(
            f"fk_{table}_own_category_id_own_categories",
            table,
            "own_categories",
            ["own_category_id"],
            ["id"],
            ondelete="SET NULL",
        )
    op.create_index(
        "ix_transactions_own_category",
        "transactions",
        ["own_category_id", "booked_on"],
        postgresql_where=sa.text("own_category_id IS NOT NULL"),
    )
    op.create_index(
        "ix_transactions_tags",
        "transactions",
        ["tags"],
        postgresql_using="gin",
        postgresql_where=sa.text("tags <> '{}'"),
    )
    op.create_index(
        "ix_transactions_split", "transactions", ["user_id", "booked_on"], postgresql_where=sa.text("is_split")
    )


def _cover_categories(*included: str) -> None:
    op.drop_index("ix_transactions_user_category_day", "transactions")
    op.create_index(
        "ix_transactions_user_category_day",
        "transactions",
        ["user_id", "category", "booked_on"],
        postgresql_include=list(included),
    )


def _create_parts() -> None:
    op.create_table(
        "transaction_parts",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("amount", AMOUNT, nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("own_category_id", sa.Uuid()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("transaction_id", "position", name="pk_transaction_parts"),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["transactions.id"],
            name="fk_transaction_parts_transaction_id_transactions",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["own_category_id"],
            ["own_categories.id"],
            name="fk_transaction_parts_own_category_id_own_categories",
            ondelete="SET NULL",
        ),
    )
    op.create_index("ix_transaction_parts_user_category", "transaction_parts", ["user_id", "category"])
    op.create_index("ix_transaction_parts_own_category", "transaction_parts", ["own_category_id"])


def _create_history() -> None:
    op.create_table(
        "transaction_versions",
        sa.Column("transaction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("before", JSONB(none_as_null=True)),
        sa.Column("after", JSONB(none_as_null=True)),
        sa.PrimaryKeyConstraint("transaction_id", "version", name="pk_transaction_versions"),
    )
    op.create_table(
        "retired_lines",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("amount", AMOUNT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "fingerprint", "occurrence", name="pk_retired_lines"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_retired_lines_account_id_accounts", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("retired_lines")
    op.drop_table("transaction_versions")
    op.drop_table("transaction_parts")
    op.execute("DELETE FROM transactions WHERE import_id IS NULL")
    _cover_categories("amount", "account_id")
    for index in ("ix_transactions_split", "ix_transactions_tags", "ix_transactions_own_category"):
        op.drop_index(index, "transactions")
    for table in ("transactions", "category_rules"):
        op.drop_constraint(f"fk_{table}_own_category_id_own_categories", table)
        op.drop_column(table, "own_category_id")
    for column in ("is_split", "tags", "note"):
        op.drop_column("transactions", column)
    op.alter_column("transactions", "import_id", nullable=False)
    op.drop_table("own_categories")
