"""Tables of links to Fi and of the credit reports that came from there."""

from sqlalchemy import TIMESTAMP, Column, Date, Index, LargeBinary, Table, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from services.shared.infrastructure.metadata import metadata

fi_links = Table(
    "fi_links",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    # Sealed: whoever has it reads the person's data at Fi.
    Column("session", LargeBinary, nullable=False),
    Column("status", Text, nullable=False),
    Column("login_url", Text),
    Column("linked_at", TIMESTAMP(timezone=True), nullable=False),
    Column("synced_at", TIMESTAMP(timezone=True)),
    Column("flags", JSONB, nullable=False),
)

credit_reports = Table(
    "credit_reports",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("reported_on", Date),
    Column("fetched_at", TIMESTAMP(timezone=True), nullable=False),
    Column("report", JSONB, nullable=False),
    UniqueConstraint("user_id", "sha256"),
    Index("ix_credit_reports_user_id", "user_id", "fetched_at"),
)

# Without references to the accounts: what was said of them outlives them.
fi_decisions = Table(
    "fi_decisions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("account_id", Uuid, nullable=False),
    Column("own_account_id", Uuid, nullable=False),
    Column("decision", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("decided_at", TIMESTAMP(timezone=True), nullable=False),
    Index("ix_fi_decisions_user_id", "user_id", "decided_at"),
)
