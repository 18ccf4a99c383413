"""Tables of the financial context.

`user_id` refers to the user context, which may live in another database: it has no foreign key.
"""

from typing import Final

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
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
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

# Tables of the context's areas, which register themselves.
import services.financial.infrastructure.budgets.tables
import services.financial.infrastructure.caching.versions
import services.financial.infrastructure.fi_mcp.tables
import services.financial.infrastructure.investments.tables
import services.financial.infrastructure.loans.tables
import services.financial.infrastructure.records.tables
import services.financial.infrastructure.rollups.tables  # noqa: F401
from services.shared.infrastructure.metadata import metadata

# Four decimals hold the minor unit of every currency.
AMOUNT = Numeric(20, 4)
_TEXT: Final = "payee || chr(1) || narration || chr(1) || note"

accounts = Table(
    "accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("account_type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("institution", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("opening_balance", AMOUNT, nullable=False),
    # Kept in step with the transactions, in the transaction that adds them: no list of accounts has to sum them up.
    Column("current_balance", AMOUNT, nullable=False),
    Column("transaction_count", BigInteger, nullable=False, server_default=text("0")),
    Column("first_transaction_on", Date),
    Column("last_transaction_on", Date),
    Column("fi_mcp_account_id", Text),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    UniqueConstraint("user_id", "name"),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("account_id", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("filename", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("content_sha256", LargeBinary, nullable=False),
    Column("imported", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Index("ix_imports_account_id", "account_id"),
    Index("ix_imports_user_id", "user_id"),
)

transactions = Table(
    "transactions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("account_id", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("amount", AMOUNT, nullable=False),
    Column("type", Text, Computed("CASE WHEN amount < 0 THEN 'debit' ELSE 'credit' END", persisted=True)),
    Column("category", Text, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("narration", Text, nullable=False),
    Column("payee", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("balance_after", AMOUNT),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("occurrence", Integer, nullable=False),
    # None for what was entered by hand.
    Column("import_id", Uuid, ForeignKey("imports.id", ondelete="CASCADE")),
    Column("line_no", Integer, nullable=False),
    Column("category_source", Text, nullable=False),
    Column("rule_id", Text, nullable=False),
    Column("transfer_pair_id", Uuid),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    Column("own_category_id", Uuid, ForeignKey("own_categories.id", ondelete="SET NULL")),
    Column("note", Text, nullable=False, server_default=text("''")),
    Column("tags", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    # Whether there are rows in transaction_parts: without them nothing looks there.
    Column("is_split", Boolean, nullable=False, server_default=text("false")),
    # What a search looks in, in lower case; none where it is too long for an index.
    Column(
        "search_text",
        Text,
        Computed(f"CASE WHEN octet_length({_TEXT}) <= 2000 THEN lower({_TEXT}) ELSE NULL::text END", persisted=True),
    ),
    UniqueConstraint("account_id", "fingerprint", "occurrence"),
    CheckConstraint("occurrence >= 0", name="occurrence"),
    # Pages newest first, and periods; with the text, a search visits only the rows that it finds.
    Index("ix_transactions_user_day", "user_id", "booked_on", "id", postgresql_include=["search_text"]),
    Index("ix_transactions_long_text", "user_id", "booked_on", "id", postgresql_where=text("search_text IS NULL")),
    # Figures by category and month, without a visit to the table.
    Index(
        "ix_transactions_user_category_day",
        "user_id",
        "category",
        "booked_on",
        postgresql_include=["amount", "account_id", "is_split"],
    ),
    Index("ix_transactions_user_payee_day", "user_id", "payee", "booked_on"),
    # Balances on a day and the lines on record that a file may repeat.
    Index("ix_transactions_account_day", "account_id", "booked_on", postgresql_include=["amount"]),
    # What a person has added by hand is little: indexes of just that.
    Index(
        "ix_transactions_own_category",
        "own_category_id",
        "booked_on",
        postgresql_where=text("own_category_id IS NOT NULL"),
    ),
    Index("ix_transactions_tags", "tags", postgresql_using="gin", postgresql_where=text("tags <> '{}'")),
    Index("ix_transactions_by_hand", "user_id", "booked_on", postgresql_where=text("import_id IS NULL")),
    Index("ix_transactions_split", "user_id", "booked_on", postgresql_where=text("is_split")),
)

category_rules = Table(
    "category_rules",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("field", Text, nullable=False),
    Column("match", Text, nullable=False),
    Column("pattern", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("min_amount", AMOUNT),
    Column("max_amount", AMOUNT),
    Column("currency", Text),
    Column("direction", Text),
    Column("own_category_id", Uuid, ForeignKey("own_categories.id", ondelete="SET NULL")),
    Column("created_at", TIMESTAMP(timezone=True), nullable=False),
    UniqueConstraint(
        "user_id",
        "field",
        "match",
        "pattern",
        "min_amount",
        "max_amount",
        "currency",
        "direction",
        postgresql_nulls_not_distinct=True,
    ),
)
