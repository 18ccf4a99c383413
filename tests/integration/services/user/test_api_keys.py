"""API keys over HTTP, on PostgreSQL: shown once, known by their hash, refused once revoked, nobody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from api import problems
from api.dependencies import CurrentUser, build_verifier, guarded
from services.shared.domain.clock import SystemClock
from services.user.infrastructure.signing_key import FixedKeyRing, SigningKey
from services.user.infrastructure.tables import api_keys
from services.user.infrastructure.wiring import build_use_cases
from services.user.presentation.api_key_routes import build_api_key_router
from services.user.presentation.router import build_routers

SECRET = "a signing secret of more than thirty-two characters"


@dataclass
class Person:
    """Someone who is logged in, and what their programs hold."""

    http: httpx.AsyncClient
    token: str
    keys: dict[str, str] = field(default_factory=dict)

    async def make(self, *scopes: str) -> str:
        response = await self.http.post(
            "/api-keys", json={"name": "a program", "scopes": scopes}, headers=self.bearer(self.token)
        )
        assert response.status_code == 201, response.text
        key: str = response.json()["key"]
        self.keys[key] = response.json()["api_key"]["id"]
        return key

    def bearer(self, credential: str) -> dict[str, str]:
        return {"authorization": f"Bearer {credential}"}

    async def get(self, path: str, credential: str) -> httpx.Response:
        return await self.http.get(path, headers=self.bearer(credential))


@pytest.fixture
async def http(postgres_engine: AsyncEngine, redis_client: Redis) -> AsyncIterator[httpx.AsyncClient]:
    keys = FixedKeyRing([SigningKey.from_secret(SECRET)])
    use_cases = build_use_cases(postgres_engine, redis_client, keys, SystemClock(), development=True)
    current_user = CurrentUser(build_verifier(use_cases.verify_access_token, use_cases.api_keys.verify))
    app = FastAPI()
    problems.install(app)
    for router in build_routers(use_cases, guarded(current_user, "profile")):
        app.include_router(router)
    app.include_router(build_api_key_router(use_cases.api_keys, guarded(current_user, "keys")))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def register(http: httpx.AsyncClient, email: str) -> Person:
    body = {"email": email, "password": "a long enough sentence", "first_name": "Asha"}
    response = await http.post("/auth/register", json=body)
    assert response.status_code == 201, response.text
    return Person(http, response.json()["access_token"])


@pytest.fixture
async def person(http: httpx.AsyncClient, unique_user: object) -> Person:
    return await register(http, f"asha-{unique_user}@example.in")


async def test_a_key_opens_what_its_scopes_allow_and_nothing_else(person: Person) -> None:
    reader = await person.make("profile:read")
    blind = await person.make("finance:read")

    assert (await person.get("/users/me", reader)).json()["first_name"] == "Asha"
    assert (await person.get("/users/me", blind)).status_code == 403
    change = await person.http.patch("/users/me", json={"first_name": "Eve"}, headers=person.bearer(reader))
    assert (change.status_code, change.json()["code"]) == (403, "permission-denied")


async def test_a_key_neither_lists_nor_makes_keys(person: Person) -> None:
    key = await person.make("profile:read", "finance:write")
    body = {"name": "another", "scopes": ["profile:read"]}

    assert (await person.get("/api-keys", key)).status_code == 403
    assert (await person.http.post("/api-keys", json=body, headers=person.bearer(key))).status_code == 403


async def test_the_text_is_shown_once_and_never_stored(person: Person, postgres_engine: AsyncEngine) -> None:
    key = await person.make("profile:read")
    listed = (await person.get("/api-keys", person.token)).json()["api_keys"]

    assert [(one["id"], one["scopes"]) for one in listed] == [(person.keys[key], ["profile:read"])]
    assert key.startswith(listed[0]["hint"])
    assert key not in str(listed)
    async with postgres_engine.connect() as connection:
        row = (await connection.execute(select(api_keys).where(api_keys.c.id == person.keys[key]))).one()
    assert key not in str(row)


async def test_a_revoked_key_is_refused_and_others_go_on(person: Person) -> None:
    gone, kept = await person.make("profile:read"), await person.make("profile:read")
    place = f"/api-keys/{person.keys[gone]}"
    for _ in range(2):
        assert (await person.http.delete(place, headers=person.bearer(person.token))).status_code == 204

    refused = await person.get("/users/me", gone)
    assert (refused.status_code, refused.json()["code"]) == (401, "api-key-invalid")
    assert (await person.get("/users/me", kept)).status_code == 200
    assert len((await person.get("/api-keys", person.token)).json()["api_keys"]) == 1


async def test_another_persons_key_does_not_exist(person: Person, http: httpx.AsyncClient) -> None:
    key = await person.make("profile:read")
    other = await register(http, f"eve-{person.keys[key]}@example.in")
    response = await http.delete(f"/api-keys/{person.keys[key]}", headers=other.bearer(other.token))

    assert (response.status_code, response.json()["code"]) == (404, "api-key-not-found")
    assert (await person.get("/users/me", key)).status_code == 200


@pytest.mark.parametrize("credential", ["nvsh_", "nvsh_unknown", "nvsh_" + "x" * 43])
async def test_an_unknown_key_is_401(person: Person, credential: str) -> None:
    response = await person.get("/users/me", credential)

    assert (response.status_code, response.json()["code"]) == (401, "api-key-invalid")
