"""Connections that are lent from one statement to the next."""

from __future__ import annotations

import asyncio

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from data.lending import Lender, driver_of, lender_of
from data.postgres import create_engine
from tests.integration.data.conftest import taken_from


async def test_what_was_given_back_is_lent_again(engine: AsyncEngine) -> None:
    lender = Lender(most=1)
    first, second = await lender.take(engine), await lender.take(engine)
    lender.give(first)
    lender.give(second)
    assert taken_from(engine) == 1
    assert await lender.take(engine) is first
    lender.give(first)
    lender.drop()


async def test_a_connection_that_nobody_uses_goes_back_to_its_pool(engine: AsyncEngine) -> None:
    lender, back = Lender(most=1, kept_s=0), asyncio.Event()
    event.listen(engine.sync_engine, "checkin", lambda *_: back.set())
    lender.give(await lender.take(engine))
    assert taken_from(engine) == 1
    await back.wait()
    assert taken_from(engine) == 0


async def test_a_connection_that_died_meanwhile_is_not_lent(engine: AsyncEngine) -> None:
    lender = Lender(most=2)
    dying, other = await lender.take(engine), await lender.take(engine)
    pid, died = driver_of(dying).get_server_pid(), asyncio.Event()
    driver_of(dying).add_termination_listener(lambda _: died.set())
    lender.give(dying)
    await driver_of(other).execute("SELECT pg_terminate_backend($1)", pid)
    await died.wait()
    taken = await lender.take(engine)
    assert driver_of(taken).get_server_pid() != pid
    assert await driver_of(taken).fetchval("SELECT 1") == 1
    lender.give(taken)
    lender.give(other)
    lender.drop()


async def test_a_disposed_engine_leaves_no_connection_open(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    lender = lender_of(engine)
    connection = await lender.take(engine)
    driver = driver_of(connection)
    lender.give(connection)
    assert not driver.is_closed()
    await engine.dispose()
    assert driver.is_closed()


async def test_a_pool_of_one_keeps_nothing_from_others(postgres_url: str) -> None:
    engine = create_engine(postgres_url, pool_size=1)
    lender = lender_of(engine)
    lender.give(await lender.take(engine))
    assert taken_from(engine) == 0
    await engine.dispose()
