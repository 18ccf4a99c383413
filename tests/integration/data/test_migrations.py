"""The schema: up, down and up again, and equal to what the code says it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine

from data.metadata import metadata
from data.migrations.upgrade import downgrade, upgrade
from data.postgres import create_engine


@pytest.fixture
async def empty_database(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    """A database of the test's own."""
    name = "migrations_test"
    admin = create_engine(postgres_url)
    async with admin.connect() as connection:
        plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await plain.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        await plain.execute(text(f"CREATE DATABASE {name}"))
    await admin.dispose()
    engine = create_engine(make_url(postgres_url).set(database=name).render_as_string(hide_password=False))
    yield engine
    await engine.dispose()


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


async def test_up_down_up(empty_database: AsyncEngine) -> None:
    await upgrade(empty_database)
    async with empty_database.connect() as connection:
        assert await connection.run_sync(tables) >= set(metadata.tables)
    await downgrade(empty_database, "base")
    async with empty_database.connect() as connection:
        assert await connection.run_sync(tables) == {"alembic_version"}
    await upgrade(empty_database)
    async with empty_database.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_two_processes_may_migrate_at_once(empty_database: AsyncEngine) -> None:
    await asyncio.gather(upgrade(empty_database), upgrade(empty_database))
    async with empty_database.connect() as connection:
        assert await connection.run_sync(differences) == []
