"""Wherever the connection to PostgreSQL breaks in the middle of a request, the answer says that a store was away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from prometheus_client import CollectorRegistry
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.datastructures import Headers

from api import problems
from api.metrics import HttpMetrics
from api.middleware.stack import install_middleware
from data.checkpoints.table import DDL, CheckpointTable, StateRow
from data.postgres import create_engine, libpq_url, raw_connection
from services.goals.infrastructure.wiring import build_use_cases
from services.goals.presentation.router import build_router
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from services.shared.infrastructure.effect_ledger import PostgresEffectLedger
from tests.support.cutting import cutting
from tests.support.sealing import CIPHER

GOAL = {"name": "Car", "goal_type": "car", "target_amount": "1200000", "target_date": "2032-03-31"}
# Not a divisor of anything: cuts fall before, into and behind messages.
STEP = 83


def api(engine: AsyncEngine, user_id: UserId) -> FastAPI:
    """The goals routes behind the whole stack, and one that speaks with asyncpg itself."""
    app = FastAPI()
    problems.install(app)

    async def identify(_: Headers) -> Identity:
        return Identity(user_id)

    install_middleware(
        app,
        metrics=HttpMetrics(CollectorRegistry()),
        limiter=None,
        ledger=PostgresEffectLedger(engine, CIPHER),
        identify=identify,
    )
    app.include_router(build_router(build_use_cases(engine), lambda: Identity(user_id)), prefix="/api/v1")

    @app.get("/raw")
    async def raw() -> None:
        async with engine.connect() as connection:
            await (await raw_connection(connection)).fetch("SELECT generate_series(1, 20)")

    return app


@asynccontextmanager
async def client(url: str) -> AsyncIterator[tuple[AsyncClient, AsyncEngine]]:
    """Of an app on an engine of its own."""
    engine = create_engine(url)
    transport = ASGITransport(api(engine, UserId(new_uuid())), raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://nivesh") as http:
        yield http, engine
    await engine.dispose()


@pytest.mark.usefixtures("postgres_engine")
@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/api/v1/goals", {}),
        ("POST", "/api/v1/goals", {}),
        ("POST", "/api/v1/goals", {"Idempotency-Key": "a-key-of-the-callers"}),
        ("GET", "/raw", {}),
    ],
)
async def test_a_cut_is_a_503_that_says_when_to_come_again(
    postgres_url: str, method: str, path: str, headers: dict[str, str]
) -> None:
    codes = []
    async with cutting(postgres_url) as (url, cutter), client(url) as (http, engine):
        for after in range(1, 6000, STEP):
            async with engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
            cutter.cut_after(after)
            answer = await http.request(method, path, headers=headers, json=GOAL if method == "POST" else None)
            if not cutter.has_cut():
                break
            codes.append(answer.json()["code"] if answer.status_code == 503 else answer.status_code)
            assert answer.is_success or int(answer.headers["Retry-After"]) > 0, answer.text
    assert answer.is_success
    assert codes.count("unavailable") >= len(codes) - 1 > 1, codes


@pytest.mark.usefixtures("postgres_engine")
async def test_a_checkpoint_is_stored_whatever_is_cut(postgres_url: str) -> None:
    thread = str(new_uuid())
    async with cutting(postgres_url) as (url, cutter), asyncpg.create_pool(libpq_url(url), min_size=1) as pool:
        await pool.execute(DDL)
        table = CheckpointTable(pool)
        for count, after in enumerate((1, 2, 9, 30, 70, 130), start=1):
            cutter.cut_after(after)
            await table.add_state(StateRow(thread, "", f"{after:03}", None, "k", b"content"))
            cutter.has_cut()
            assert len(await table.states(thread, "", limit=None)) == count
