"""A person's client over the financial routes, on a day that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.infrastructure.wiring import build_use_cases
from services.financial.presentation.router import build_routers
from services.shared.domain.clock import FixedClock
from services.shared.domain.ids import UserId
from tests.support.callers import app_of, caller, client_of

CLOCK = FixedClock(datetime(2026, 11, 24, 12, tzinfo=UTC))


@cache
def app_on(engine: AsyncEngine) -> FastAPI:
    return app_of(build_routers(build_use_cases(engine, CLOCK), caller))


@pytest.fixture
async def client(postgres_engine: AsyncEngine, unique_user: UserId) -> AsyncIterator[AsyncClient]:
    async with client_of(app_on(postgres_engine), unique_user) as client:
        yield client


async def account_of(client: AsyncClient, kind: str = "mutual_fund", name: str = "Funds", opening: str = "0") -> str:
    body = {"account_type": kind, "name": name, "institution": "A broker", "opening_balance": opening}
    response = await client.post("/accounts", json=body)
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


async def record(client: AsyncClient, account: str, *transactions: dict[str, Any]) -> dict[str, Any]:
    response = await client.post(f"/investments/accounts/{account}/transactions", json={"transactions": transactions})
    assert response.status_code == 200, response.text
    return dict(response.json())


async def read(client: AsyncClient, place: str, **query: str) -> dict[str, Any]:
    response = await client.get(f"/investments/{place}", params=query)
    assert response.status_code == 200, response.text
    return dict(response.json())
