"""Idempotency-Key over HTTP: the same key and body give the same response, and one effect."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from prometheus_client import CollectorRegistry
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.datastructures import Headers

from api import problems
from api.metrics import HttpMetrics
from api.middleware.stack import install_middleware
from services.goals.infrastructure.wiring import build_use_cases
from services.goals.presentation.router import build_router
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from services.shared.infrastructure.effect_ledger import PostgresEffectLedger
from services.shared.infrastructure.tables import effects
from tests.support.sealing import CIPHER

GOAL: dict[str, Any] = {
    "name": "Car",
    "goal_type": "car",
    "target_amount": "1200000",
    "target_date": "2032-03-31",
}


class Api:
    """The goals routes behind the whole stack; `meanwhile` runs inside a request of `POST /slow`."""

    def __init__(self, engine: AsyncEngine, user_id: UserId) -> None:
        self.caller: Identity | None = Identity(user_id)
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        app = FastAPI()
        problems.install(app)
        install_middleware(
            app,
            metrics=HttpMetrics(CollectorRegistry()),
            limiter=None,
            ledger=PostgresEffectLedger(engine, CIPHER),
            identify=self.identify,
        )
        app.include_router(build_router(build_use_cases(engine), self.current_user), prefix="/api/v1")

        @app.post("/api/v1/slow")
        async def slow() -> dict[str, str]:
            self.begun.set()
            await self.go_on.wait()
            return {"done": "yes"}

        @app.post("/api/v1/api-keys")
        @app.post("/api/v1/webhooks")
        @app.post("/api/v1/webhooks/1/secret")
        async def secret() -> str:
            return str(new_uuid())

        @app.post("/api/v1/broken")
        async def broken() -> None:
            raise RuntimeError("a defect")

        self.http = AsyncClient(
            transport=ASGITransport(app, raise_app_exceptions=False), base_url="http://nivesh/api/v1"
        )

    async def identify(self, _: Headers) -> Identity | None:
        return self.caller

    def current_user(self) -> Identity:
        assert self.caller is not None
        return self.caller

    async def goals(self) -> int:
        return len((await self.http.get("/goals")).json()["goals"])


@pytest.fixture
async def api(postgres_engine: AsyncEngine, unique_user: UserId) -> AsyncIterator[Api]:
    api = Api(postgres_engine, unique_user)
    async with api.http:
        yield api


async def test_a_repeat_gets_the_same_response_and_creates_nothing(api: Api) -> None:
    key = {"idempotency-key": "create-1"}
    first = await api.http.post("/goals", json=GOAL, headers=key)
    again = await api.http.post("/goals", json=GOAL, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert (again.headers["content-type"], again.headers.get("location")) == (
        first.headers["content-type"],
        first.headers.get("location"),
    )
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    assert await api.goals() == 1


async def test_without_a_key_each_request_counts(api: Api) -> None:
    for _ in range(2):
        assert (await api.http.post("/goals", json=GOAL)).status_code == 201
    assert await api.goals() == 2


@pytest.mark.parametrize("path", ["/api-keys", "/webhooks", "/webhooks/1/secret"])
async def test_a_response_that_tells_a_secret_is_kept_sealed(api: Api, postgres_engine: AsyncEngine, path: str) -> None:
    first, again = [await api.http.post(path, headers={"idempotency-key": "make-1"}) for _ in range(2)]

    assert first.json() == again.json()
    assert again.headers["idempotency-replayed"] == "true"
    async with postgres_engine.connect() as connection:
        kept = (await connection.scalars(select(effects.c.result).where(effects.c.key == "http make-1"))).all()
    assert kept
    assert not [result for result in kept if first.json().encode() in result]


async def test_another_body_or_route_under_the_key_is_refused(api: Api) -> None:
    key = {"idempotency-key": "create-1"}
    await api.http.post("/goals", json=GOAL, headers=key)

    for response in (
        await api.http.post("/goals", json={**GOAL, "name": "Boat"}, headers=key),
        await api.http.post("/slow", json=GOAL, headers=key),
    ):
        assert (response.status_code, response.json()["code"]) == (422, "idempotency-key-reused")
    assert await api.goals() == 1


async def test_while_it_is_worked_on_a_repeat_is_told_to_wait(api: Api) -> None:
    key = {"idempotency-key": "slow-1"}
    first = asyncio.create_task(api.http.post("/slow", headers=key))
    await api.begun.wait()
    early = await api.http.post("/slow", headers=key)
    api.go_on.set()

    assert (early.status_code, early.json()["code"]) == (409, "idempotency-key-in-use")
    assert (await first).json() == (await api.http.post("/slow", headers=key)).json() == {"done": "yes"}


@pytest.mark.parametrize(("path", "body", "status"), [("/goals", {**GOAL, "name": ""}, 422), ("/broken", None, 500)])
async def test_errors_are_not_kept(api: Api, path: str, body: dict[str, Any] | None, status: int) -> None:
    key = {"idempotency-key": "wrong-1"}
    for _ in range(2):
        response = await api.http.post(path, json=body, headers=key)
        assert response.status_code == status
        assert "idempotency-replayed" not in response.headers
    assert (await api.http.post("/goals", json=GOAL, headers=key)).status_code == 201


async def test_the_boundary_of_a_form_is_not_part_of_the_request(api: Api) -> None:
    key = {"idempotency-key": "form-1"}
    api.go_on.set()
    first, again, other = [
        await api.http.post("/slow", files={"file": ("a.csv", content)}, headers=key)
        for content in (b"1,2", b"1,2", b"1,3")
    ]

    assert first.request.headers["content-type"] != again.request.headers["content-type"]
    assert (again.status_code, again.headers["idempotency-replayed"], other.status_code) == (200, "true", 422)


async def test_a_key_belongs_to_its_person(api: Api) -> None:
    key = {"idempotency-key": "create-1"}
    await api.http.post("/goals", json=GOAL, headers=key)
    api.caller = Identity(UserId(new_uuid()))

    assert "idempotency-replayed" not in (await api.http.post("/goals", json=GOAL, headers=key)).headers
    assert await api.goals() == 1


@pytest.mark.parametrize("name", ["", "x" * 256])
async def test_a_malformed_key_is_refused(api: Api, name: str) -> None:
    response = await api.http.post("/goals", json=GOAL, headers={"idempotency-key": name})

    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert await api.goals() == 0
