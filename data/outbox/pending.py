"""Whether something is still on its way."""

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox


async def is_pending(engine: AsyncEngine, key: str) -> bool:
    """Whether a record of this key has still to be delivered."""
    waits = exists().where(outbox.c.key == key, outbox.c.delivered_at.is_(None), outbox.c.parked_at.is_(None))
    async with engine.connect() as connection:
        return bool((await connection.execute(select(waits))).scalar_one())
