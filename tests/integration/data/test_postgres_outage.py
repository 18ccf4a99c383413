"""What a server that goes down or comes up says is told as an outage."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from asyncpg.prepared_stmt import PreparedStatement
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from api.problems import install
from api.store_failures import is_outage
from data.postgres import create_engine, raw_connection

_SSL_REQUEST_BYTES = 8


@asynccontextmanager
async def refusing(state: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a server that answers every start-up message with an error of this SQLSTATE."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if int.from_bytes(await reader.readexactly(4)) == _SSL_REQUEST_BYTES:
            await reader.readexactly(4)
            writer.write(b"N")
            await reader.readexactly(4)
        fields = b"SFATAL\0VFATAL\0C%b\0Mthe database system is starting up\0\0" % state.encode()
        writer.write(b"E" + (len(fields) + 4).to_bytes(4) + fields)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        engine = create_engine(f"postgresql://nobody@127.0.0.1:{server.sockets[0].getsockname()[1]}/nothing")
        yield engine
        await engine.dispose()


@pytest.mark.parametrize("state", ["57P01", "57P02", "57P03", "53300", "08006", "53100", "58030", "25006"])
async def test_it_is_an_operational_error_and_a_503(state: str) -> None:
    async with refusing(state) as engine:
        with pytest.raises(OperationalError):
            async with engine.connect():
                pass
        app = FastAPI()
        install(app)

        @app.get("/")
        async def read() -> None:
            async with engine.connect():
                pass

        async with AsyncClient(transport=ASGITransport(app), base_url="http://nivesh") as client:
            answer = await client.get("/")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_a_session_that_is_ended_by_the_server_is_one_too(postgres_engine: AsyncEngine) -> None:
    async with postgres_engine.connect() as lost, postgres_engine.connect() as other:
        pid = (await lost.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        with pytest.raises(OperationalError):
            await lost.execute(text("SELECT 1"))


async def test_a_connection_that_has_noticed_so_before_the_statement_is_one_too(postgres_engine: AsyncEngine) -> None:
    async with postgres_engine.connect() as lost:
        driver = (await lost.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.close()
        with pytest.raises(OperationalError):
            await lost.execute(text("SELECT 1"))


async def test_a_statement_that_comes_just_after_the_servers_last_word_finds_it_away(
    postgres_engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def too_late(*_: object) -> None:
        raise asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress")

    async with postgres_engine.connect() as connection:
        monkeypatch.setattr(PreparedStatement, "fetch", too_late)
        with pytest.raises(OperationalError):
            await connection.execute(text("SELECT 1"))


async def test_a_cancelled_statement_is_cancelled_and_no_outage(postgres_engine: AsyncEngine) -> None:
    async with postgres_engine.connect() as waiting, postgres_engine.connect() as other:
        pid = (await waiting.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        statement = asyncio.create_task(waiting.execute(text("SELECT pg_sleep(60)")))
        runs = text("SELECT query LIKE '%pg_sleep%' AND state = 'active' FROM pg_stat_activity WHERE pid = :pid")
        while not (await other.execute(runs, {"pid": pid})).scalar_one():
            await other.rollback()
        statement.cancel()
        with pytest.raises(asyncio.CancelledError):
            await statement


async def test_other_errors_stay_what_they_are(postgres_engine: AsyncEngine) -> None:
    async with postgres_engine.connect() as connection:
        with pytest.raises(DBAPIError) as failed:
            await connection.execute(text("SELECT 1/0"))
    assert not isinstance(failed.value, OperationalError)


@pytest.mark.parametrize("state", ["53100", "53200", "58030", "25006"])
async def test_a_server_that_cannot_write_is_away_for_who_speaks_with_it_directly(
    postgres_engine: AsyncEngine, state: str
) -> None:
    async with postgres_engine.connect() as connection:
        raw = await raw_connection(connection)
        with pytest.raises(asyncpg.PostgresError) as raised:
            await raw.execute(f"DO $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '{state}'; END $$")
    assert is_outage(raised.value)
