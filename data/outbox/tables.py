"""The outbox (events waiting to leave) and the inbox (events that a consumer has dealt with)."""

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Column,
    Identity,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from data.metadata import metadata

outbox = Table(
    "outbox",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Uuid, nullable=False, unique=True),
    Column("topic", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("occurred_at", TIMESTAMP(timezone=True), nullable=False),
    Column("payload", JSONB, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("available_at", TIMESTAMP(timezone=True), nullable=False, server_default=func.now()),
    Column("delivered_at", TIMESTAMP(timezone=True)),
    Column("parked_at", TIMESTAMP(timezone=True)),
    Column("last_error", Text),
    Index("ix_outbox_pending", "position", postgresql_where=text("delivered_at IS NULL AND parked_at IS NULL")),
)

inbox = Table(
    "inbox",
    metadata,
    Column("consumer", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("handled_at", TIMESTAMP(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("consumer", "event_id"),
    Index("ix_inbox_handled_at", "handled_at"),
)
