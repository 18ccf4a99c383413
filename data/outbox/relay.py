"""Carries the outbox onwards: in order per key, at least once, one relay at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any, Final

import structlog
from sqlalchemy import ARRAY, BigInteger, Row, Select, and_, any_, bindparam, delete, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.leadership import Duty, is_led, lead
from data.outbox.append import WAKE_CHANNEL
from data.outbox.records import Deliver, HeldBackError, OutboxRecord
from data.outbox.tables import inbox, outbox

log = structlog.get_logger(__name__)

_BATCH = 200
# One person's large import is thousands of records' worth of work: others' do not wait for all of it.
_BATCH_PER_KEY = 20
_MAX_ATTEMPTS = 12
_GATHER_S = 0.2
_KEEP_DELIVERED = timedelta(days=14)
_DUTY: Final = Duty(lock=0x4E69_7665_7368, channel=WAKE_CHANNEL)


class OutboxRelay:
    """Delivers pending records until stopped.

    A record that fails is tried again after 1 s, 2 s, 4 s … (5 minutes at most), and records of the same key wait
    behind it; after 12 attempts it is parked for a person to look at, and the key goes on.
    """

    def __init__(self, engine: AsyncEngine, deliver: Deliver, *, idle_poll_s: float = 5.0) -> None:
        self._engine = engine
        self._deliver = deliver
        self._idle_poll_s = idle_poll_s

    async def run(self) -> None:
        """Work until cancelled. A lost database is waited for, not died of."""
        while True:
            try:
                async with lead(self._engine, _DUTY) as leadership:
                    await self.prune()
                    while not leadership.is_lost:
                        leadership.nothing_seen()
                        await self.deliver_pending()
                        # What comes next is gathered, so that under load a batch is not a single record.
                        await asyncio.sleep(_GATHER_S)
                        await leadership.wait(self._idle_poll_s)
            except Exception:
                log.exception("outbox.relay_interrupted")
            await asyncio.sleep(1)

    async def deliver_pending(self) -> int:
        """Deliver what is due now, batch after batch; the number of records delivered."""
        total = 0
        while True:
            delivered, seen = await self._deliver_batch()
            total += delivered
            if seen < _BATCH_PER_KEY or (seen < _BATCH and delivered == 0):
                return total

    async def prune(self) -> None:
        """Forget what was delivered, and handled, more than two weeks ago."""
        limit = func.now() - _KEEP_DELIVERED
        async with self._engine.begin() as connection:
            await connection.execute(delete(outbox).where(outbox.c.delivered_at < limit))
            await connection.execute(delete(inbox).where(inbox.c.handled_at < limit))

    async def _deliver_batch(self) -> tuple[int, int]:
        async with self._engine.begin() as connection:
            rows = (await connection.execute(_CLAIM)).all()
            if not rows:
                return 0, 0
            outcomes = await self._deliver([_record(row) for row in rows])
            delivered = [row.position for row, outcome in zip(rows, outcomes, strict=True) if outcome is None]
            if delivered:
                await connection.execute(_MARK_DELIVERED, {"positions": delivered})
            for row, outcome in zip(rows, outcomes, strict=True):
                if outcome is not None and not isinstance(outcome, HeldBackError):
                    await _mark_failed(connection, row, outcome)
            return len(delivered), len(rows)


async def relay_is_running(engine: AsyncEngine) -> bool:
    """Whether some process holds the relay's lock now, and so carries the outbox onwards."""
    return await is_led(engine, _DUTY)


def _due() -> Select[tuple[Any, ...]]:
    """Due records in order, none of whose key waits for an earlier one, and not too many of any one key."""
    earlier = outbox.alias("earlier")
    pending = and_(outbox.c.delivered_at.is_(None), outbox.c.parked_at.is_(None))
    waits = exists().where(
        earlier.c.key == outbox.c.key,
        earlier.c.position < outbox.c.position,
        earlier.c.delivered_at.is_(None),
        earlier.c.parked_at.is_(None),
        earlier.c.available_at > func.now(),
    )
    place = func.row_number().over(partition_by=outbox.c.key, order_by=outbox.c.position).label("place")
    ranked = select(outbox.c.position, place).where(pending, outbox.c.available_at <= func.now(), ~waits).subquery()
    return (
        select(outbox)
        .where(outbox.c.position.in_(select(ranked.c.position).where(ranked.c.place <= _BATCH_PER_KEY)))
        .order_by(outbox.c.position)
        .limit(_BATCH)
        .with_for_update(skip_locked=True)
    )


_CLAIM: Final = _due()
_MARK_DELIVERED: Final = (
    update(outbox)
    .where(outbox.c.position == any_(bindparam("positions", type_=ARRAY(BigInteger))))
    .values(delivered_at=func.now(), last_error=None)
)


def _record(row: Row[Any]) -> OutboxRecord:
    return OutboxRecord(row.event_id, row.topic, row.name, row.key, row.occurred_at, row.payload)


async def _mark_failed(connection: AsyncConnection, row: Row[Any], error: Exception) -> None:
    attempts = row.attempts + 1
    delay_s = min(2**row.attempts, 300)
    log.warning(
        "outbox.delivery_failed", name=row.name, event_id=str(row.event_id), attempts=attempts, error=repr(error)
    )
    await connection.execute(
        update(outbox)
        .where(outbox.c.position == row.position)
        .values(
            attempts=attempts,
            available_at=func.now() + text(f"interval '{delay_s} seconds'"),
            parked_at=func.now() if attempts >= _MAX_ATTEMPTS else None,
            last_error=repr(error)[:2000],
        )
    )
