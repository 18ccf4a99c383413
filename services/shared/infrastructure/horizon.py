"""Up to when PostgreSQL has settled every change."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

# A transaction that is still open may commit events which are as old as itself; PostgreSQL knows when each began.
_HORIZON = text(
    "SELECT least(min(xact_start), clock_timestamp()) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
)


async def settled_before(engine: AsyncEngine) -> datetime:
    """When the oldest open transaction began, now if there is none: earlier changes are committed or rolled back."""
    async with engine.connect() as connection:
        moment: datetime = (await connection.execute(_HORIZON)).scalar_one()
    return moment
