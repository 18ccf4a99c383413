"""Putting records into the outbox, inside the transaction that made them true, or the one statement."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import CTE, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from data.outbox.records import OutboxRecord
from data.outbox.tables import outbox

WAKE_CHANNEL = "nivesh_outbox"
_FIELDS: Final = ("event_id", "topic", "name", "key", "occurred_at", "payload")
_WAKE: Final = func.pg_notify(WAKE_CHANNEL, "").label("woken")
# Made once: making a statement costs as much as running it, and most transactions have an event.
_APPEND: Final = insert(outbox).on_conflict_do_nothing(index_elements=["event_id"]).returning(_WAKE)


async def append(connection: AsyncConnection, records: Sequence[OutboxRecord]) -> None:
    """Add records; the relay wakes when the surrounding transaction commits. Appending an event twice adds it once."""
    if not records:
        return
    await connection.execute(_APPEND, [{field: getattr(record, field) for field in _FIELDS} for record in records])


def appending(cause: CTE) -> CTE:
    """For a statement that is a transaction by itself: its record is appended if `cause` has a row.

    The record is given with the statement's other values as `appended` has it.
    """
    record = [bindparam(f"appended_{field}", type_=outbox.c[field].type) for field in _FIELDS]
    added = insert(outbox).from_select(_FIELDS, select(*record).select_from(cause))
    return added.on_conflict_do_nothing(index_elements=["event_id"]).returning(_WAKE).cte("appended")


def appended(record: OutboxRecord) -> dict[str, object]:
    """The record as values of a statement with `appending`."""
    return {f"appended_{field}": getattr(record, field) for field in _FIELDS}
