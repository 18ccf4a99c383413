"""Bringing a database's schema up to date, safely from several processes at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

_LOCK_KEY = 0x6D69_6772_6174


def config() -> Config:
    """Alembic's configuration, without an ini file."""
    result = Config()
    result.set_main_option("script_location", str(Path(__file__).parent))
    result.set_main_option("path_separator", "os")
    return result


async def upgrade(engine: AsyncEngine, revision: str = "head") -> None:
    """Migrate up to `revision`. A second process that comes meanwhile waits and finds nothing to do."""
    async with engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        await connection.run_sync(_run, revision, up=True)


async def downgrade(engine: AsyncEngine, revision: str) -> None:
    """Migrate down to `revision`; `base` removes every table, with its rows."""
    async with engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
        await connection.run_sync(_run, revision, up=False)


def _run(connection: Connection, revision: str, *, up: bool) -> None:
    settings = config()
    settings.attributes["connection"] = connection
    (command.upgrade if up else command.downgrade)(settings, revision)
