"""Tables of what people add to their transactions."""

from sqlalchemy import (
    TIMESTAMP,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.shared.infrastructure.metadata import metadata

_AMOUNT = Numeric(20, 4)

own_categories = Table(
    "own_categories",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("parent", Text, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
)
Index("uq_own_categories_name", own_categories.c.user_id, func.lower(own_categories.c.name), unique=True)

transaction_parts = Table(
    "transaction_parts",
    metadata,
    Column("transaction_id", Uuid, ForeignKey("transactions.id", ondelete="CASCADE"), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("amount", _AMOUNT, nullable=False),
    Column("category", Text, nullable=False),
    Column("own_category_id", Uuid, ForeignKey("own_categories.id", ondelete="SET NULL")),
    Column("note", Text, nullable=False),
    Index("ix_transaction_parts_user_category", "user_id", "category"),
    Index("ix_transaction_parts_own_category", "own_category_id"),
)

# Without a reference to the transaction: the history outlives it, and brings it back.
transaction_versions = Table(
    "transaction_versions",
    metadata,
    Column("transaction_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("change", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("changed_at", TIMESTAMP(timezone=True), nullable=False),
    Column("before", JSONB(none_as_null=True)),
    Column("after", JSONB(none_as_null=True)),
    Index("ix_transaction_versions_user", "user_id", "transaction_id", "version"),
)

opening_changes = Table(
    "opening_changes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("account_id", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("before", _AMOUNT, nullable=False),
    Column("after", _AMOUNT, nullable=False),
    Column("actor", Text, nullable=False),
    Column("changed_at", TIMESTAMP(timezone=True), nullable=False),
    Index("ix_opening_changes_account_id", "account_id", "id"),
    Index("ix_opening_changes_user_id", "user_id"),
)

# Lines entered by hand that were deleted, or edited into others: no file brings them back.
retired_lines = Table(
    "retired_lines",
    metadata,
    Column("account_id", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("fingerprint", LargeBinary, primary_key=True),
    Column("occurrence", Integer, primary_key=True),
    Column("booked_on", Date, nullable=False),
    Column("amount", _AMOUNT, nullable=False),
)
