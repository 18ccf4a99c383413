"""Investments, what AMFI publishes of funds, and the terms of loans."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_UNITS = sa.Numeric(28, 8)
_PRICE = sa.Numeric(24, 6)
_AMOUNT = sa.Numeric(20, 4)


def upgrade() -> None:
    _create_instruments()
    _create_investment_transactions()
    _create_holdings()
    _create_funds()
    op.create_table(
        "loan_terms",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("principal", _AMOUNT, nullable=False),
        sa.Column("annual_rate_percent", sa.Numeric(9, 6), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_loan_terms"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_loan_terms_account_id_accounts", ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "principal > 0 AND months > 0 AND annual_rate_percent >= 0", name=op.f("ck_loan_terms_in_range")
        ),
    )


def _create_instruments() -> None:
    op.create_table(
        "instruments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("isin", sa.Text()),
        sa.Column("amfi_code", sa.Text()),
        sa.Column("asset_class", sa.Text(), nullable=False),
        sa.Column("fmv_2018_01_31", _PRICE),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_instruments"),
        sa.UniqueConstraint("user_id", "isin", name="uq_instruments_user_id"),
    )
    op.create_table(
        "target_allocations",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("asset_class", sa.Text(), nullable=False),
        sa.Column("percent", sa.Numeric(7, 4), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "asset_class", name="pk_target_allocations"),
    )


def _create_investment_transactions() -> None:
    table = "investment_transactions"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("folio", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("traded_on", sa.Date(), nullable=False),
        sa.Column("units", _UNITS, nullable=False),
        sa.Column("price", _PRICE),
        sa.Column("amount", _AMOUNT, nullable=False),
        sa.Column("charges", _AMOUNT, nullable=False),
        sa.Column("ratio", _UNITS),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=f"fk_{table}_account_id_accounts", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instruments.id"], name=f"fk_{table}_instrument_id_instruments", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("account_id", "fingerprint", "occurrence", name=f"uq_{table}_account_id"),
        sa.CheckConstraint("units >= 0 AND amount >= 0 AND charges >= 0", name=op.f(f"ck_{table}_not_negative")),
    )
    op.create_index("ix_investment_transactions_user_day", table, ["user_id", "traded_on", "id"])
    op.create_index("ix_investment_transactions_instrument_id", table, ["instrument_id"])


def _create_holdings() -> None:
    op.create_table(
        "holding_snapshots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holding_snapshots"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_holding_snapshots_account_id_accounts", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("account_id", "as_of", name="uq_holding_snapshots_account_id"),
    )
    op.create_index("ix_holding_snapshots_user_id", "holding_snapshots", ["user_id"])
    op.create_table(
        "holdings",
        sa.Column("snapshot_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("folio", sa.Text(), nullable=False),
        sa.Column("units", _UNITS, nullable=False),
        sa.Column("price", _PRICE),
        sa.Column("value", _AMOUNT),
        sa.Column("invested", _AMOUNT),
        sa.PrimaryKeyConstraint("snapshot_id", "instrument_id", "folio", name="pk_holdings"),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["holding_snapshots.id"],
            name="fk_holdings_snapshot_id_holding_snapshots",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instruments.id"], name="fk_holdings_instrument_id_instruments", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_holdings_instrument_id", "holdings", ["instrument_id"])


def _create_funds() -> None:
    op.create_table(
        "fund_schemes",
        sa.Column("amfi_code", sa.Text(), nullable=False),
        sa.Column("isin", sa.Text()),
        sa.Column("isin_reinvestment", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("option", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("fund_house", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("amfi_code", name="pk_fund_schemes"),
    )
    op.create_index("ix_fund_schemes_isin", "fund_schemes", ["isin"])
    op.create_index("ix_fund_schemes_isin_reinvestment", "fund_schemes", ["isin_reinvestment"])
    op.create_table(
        "fund_navs",
        sa.Column("amfi_code", sa.Text(), nullable=False),
        sa.Column("nav_on", sa.Date(), nullable=False),
        sa.Column("nav", _PRICE, nullable=False),
        sa.PrimaryKeyConstraint("amfi_code", "nav_on", name="pk_fund_navs"),
        sa.ForeignKeyConstraint(
            ["amfi_code"], ["fund_schemes.amfi_code"], name="fk_fund_navs_amfi_code_fund_schemes", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    for table in (
        "loan_terms",
        "fund_navs",
        "fund_schemes",
        "holdings",
        "holding_snapshots",
        "investment_transactions",
        "target_allocations",
        "instruments",
    ):
        op.drop_table(table)
