"""Putting records into the outbox, inside the transaction that made them true."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from data.outbox.records import OutboxRecord
from data.outbox.tables import outbox

WAKE_CHANNEL = "nivesh_outbox"
# Made once: making a statement costs as much as running it, and most transactions have an event.
_APPEND: Final = (
    insert(outbox).on_conflict_do_nothing(index_elements=["event_id"]).returning(func.pg_notify(WAKE_CHANNEL, ""))
)


async def append(connection: AsyncConnection, records: Sequence[OutboxRecord]) -> None:
    """Add records; the relay wakes when the surrounding transaction commits. Appending an event twice adds it once."""
    if not records:
        return
    rows = [
        {
            "event_id": record.event_id,
            "topic": record.topic,
            "name": record.name,
            "key": record.key,
            "occurred_at": record.occurred_at,
            "payload": record.payload,
        }
        for record in records
    ]
    await connection.execute(_APPEND, rows)
