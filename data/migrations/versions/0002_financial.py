"""Accounts, imports, transactions and category rules."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

AMOUNT = sa.Numeric(20, 4)


def upgrade() -> None:
    _create_accounts()
    _create_imports()
    _create_transactions()
    op.create_table(
        "category_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("match", sa.Text(), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("min_amount", AMOUNT),
        sa.Column("max_amount", AMOUNT),
        sa.Column("currency", sa.Text()),
        sa.Column("direction", sa.Text()),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_category_rules"),
        sa.UniqueConstraint(
            "user_id",
            "field",
            "match",
            "pattern",
            "min_amount",
            "max_amount",
            "currency",
            "direction",
            name="uq_category_rules_user_id",
            postgresql_nulls_not_distinct=True,
        ),
    )


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("account_type", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("opening_balance", AMOUNT, nullable=False),
        sa.Column("current_balance", AMOUNT, nullable=False),
        sa.Column("transaction_count", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("first_transaction_on", sa.Date()),
        sa.Column("last_transaction_on", sa.Date()),
        sa.Column("fi_mcp_account_id", sa.Text()),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("user_id", "name", name="uq_accounts_user_id"),
    )


def _create_imports() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("imported", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_imports"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_imports_account_id_accounts", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_imports_account_id", "imports", ["account_id"])


def _create_transactions() -> None:
    op.create_table(
        "transactions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("amount", AMOUNT, nullable=False),
        sa.Column(
            "type", sa.Text(), sa.Computed("CASE WHEN amount < 0 THEN 'debit' ELSE 'credit' END", persisted=True)
        ),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("narration", sa.Text(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("balance_after", AMOUNT),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("category_source", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("transfer_pair_id", sa.Uuid()),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transactions"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_transactions_account_id_accounts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name="fk_transactions_import_id_imports", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("account_id", "fingerprint", "occurrence", name="uq_transactions_account_id"),
        sa.CheckConstraint("occurrence >= 0", name="ck_transactions_occurrence"),
    )
    op.create_index("ix_transactions_user_day", "transactions", ["user_id", "booked_on", "id"])
    op.create_index(
        "ix_transactions_user_category_day",
        "transactions",
        ["user_id", "category", "booked_on"],
        postgresql_include=["amount", "account_id"],
    )
    op.create_index("ix_transactions_user_payee_day", "transactions", ["user_id", "payee", "booked_on"])
    op.create_index(
        "ix_transactions_account_day", "transactions", ["account_id", "booked_on"], postgresql_include=["amount"]
    )


def downgrade() -> None:
    op.drop_table("category_rules")
    op.drop_table("transactions")
    op.drop_table("imports")
    op.drop_table("accounts")
