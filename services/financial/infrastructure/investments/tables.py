"""Tables of investments. Units have 8 decimals, prices 6; a person's instruments are that person's own."""

from sqlalchemy import (
    TIMESTAMP,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from services.shared.infrastructure.metadata import metadata

_UNITS = Numeric(28, 8)
_PRICE = Numeric(24, 6)
_AMOUNT = Numeric(20, 4)

instruments = Table(
    "instruments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("isin", Text),
    Column("amfi_code", Text),
    Column("asset_class", Text, nullable=False),
    Column("fmv_2018_01_31", _PRICE),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    UniqueConstraint("user_id", "isin"),
)

investment_transactions = Table(
    "investment_transactions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("account_id", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("instrument_id", Uuid, ForeignKey("instruments.id", ondelete="CASCADE"), nullable=False),
    Column("folio", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("traded_on", Date, nullable=False),
    Column("units", _UNITS, nullable=False),
    Column("price", _PRICE),
    Column("amount", _AMOUNT, nullable=False),
    Column("charges", _AMOUNT, nullable=False),
    Column("ratio", _UNITS),
    Column("reference", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    UniqueConstraint("account_id", "fingerprint", "occurrence"),
    CheckConstraint("units >= 0 AND amount >= 0 AND charges >= 0", name="not_negative"),
    Index("ix_investment_transactions_user_day", "user_id", "traded_on", "id"),
    Index("ix_investment_transactions_instrument_id", "instrument_id"),
)

holding_snapshots = Table(
    "holding_snapshots",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("account_id", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("recorded_at", TIMESTAMP(timezone=True), nullable=False),
    UniqueConstraint("account_id", "as_of"),
    Index("ix_holding_snapshots_user_id", "user_id"),
)

holdings = Table(
    "holdings",
    metadata,
    Column("snapshot_id", Uuid, ForeignKey("holding_snapshots.id", ondelete="CASCADE"), primary_key=True),
    Column("instrument_id", Uuid, ForeignKey("instruments.id", ondelete="CASCADE"), primary_key=True),
    Column("folio", Text, primary_key=True),
    Column("units", _UNITS, nullable=False),
    Column("price", _PRICE),
    Column("value", _AMOUNT),
    Column("invested", _AMOUNT),
    Index("ix_holdings_instrument_id", "instrument_id"),
)

target_allocations = Table(
    "target_allocations",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("asset_class", Text, primary_key=True),
    Column("percent", Numeric(7, 4), nullable=False),
)

# What AMFI publishes of funds. It is nobody's own: the same for everyone, and written by the operator only.
fund_schemes = Table(
    "fund_schemes",
    metadata,
    Column("amfi_code", Text, primary_key=True),
    Column("isin", Text),
    Column("isin_reinvestment", Text),
    Column("name", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("option", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("fund_house", Text, nullable=False),
    Index("ix_fund_schemes_isin", "isin"),
    Index("ix_fund_schemes_isin_reinvestment", "isin_reinvestment"),
)

fund_navs = Table(
    "fund_navs",
    metadata,
    Column("amfi_code", Text, ForeignKey("fund_schemes.amfi_code", ondelete="CASCADE"), primary_key=True),
    Column("nav_on", Date, primary_key=True),
    Column("nav", _PRICE, nullable=False),
)
