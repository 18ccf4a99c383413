"""Sums of transactions by account, month, category and direction.

Triggers keep them, in the transaction that changes transactions: whatever adds, edits or deletes rows, by whatever way,
the sums are exact. Parts of split transactions are not in them: figures by category enter those afterwards.
"""

from sqlalchemy import BigInteger, Column, Date, Numeric, Table, Text, Uuid

from services.shared.infrastructure.metadata import metadata

transaction_months = Table(
    "transaction_months",
    metadata,
    # No foreign key: a trigger takes the last row away when an account's transactions go.
    Column("account_id", Uuid, primary_key=True),
    # Its first day.
    Column("month", Date, primary_key=True),
    Column("category", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("amount", Numeric(24, 4), nullable=False),
    Column("entries", BigInteger, nullable=False),
)
