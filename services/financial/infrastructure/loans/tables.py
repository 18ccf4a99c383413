"""Tables of loans."""

from sqlalchemy import TIMESTAMP, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Numeric, Table, Text, Uuid

from services.shared.infrastructure.metadata import metadata

# What was agreed for the loan of a loan account. The account's own balance is what the statements say is owed.
loan_terms = Table(
    "loan_terms",
    metadata,
    Column("account_id", Uuid, ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("principal", Numeric(20, 4), nullable=False),
    Column("annual_rate_percent", Numeric(9, 6), nullable=False),
    Column("months", Integer, nullable=False),
    Column("first_due_on", Date, nullable=False),
    Column("updated_at", TIMESTAMP(timezone=True), nullable=False),
    Index("ix_loan_terms_user_id", "user_id"),
    CheckConstraint("principal > 0 AND months > 0 AND annual_rate_percent >= 0", name="in_range"),
)
