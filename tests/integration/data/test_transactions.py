"""Connections to read on are given back, however the reading ends."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect
from tests.integration.data.conftest import taken_from


async def read(engine: AsyncEngine, query: str) -> object:
    async with connect(engine) as connection:
        return (await connection.execute(text(query))).scalar_one()


async def test_a_read_gives_its_connection_back(engine: AsyncEngine) -> None:
    assert await read(engine, "SELECT 1") == 1
    with pytest.raises(DBAPIError):
        await read(engine, "SELECT 1 / 0")
    assert taken_from(engine) == 0


async def test_a_read_that_is_cancelled_gives_its_connection_back(engine: AsyncEngine) -> None:
    begun = asyncio.Event()

    async def reading() -> None:
        async with connect(engine) as connection:
            begun.set()
            await connection.execute(text("SELECT pg_sleep(600)"))

    task = asyncio.create_task(reading())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert taken_from(engine) == 0
