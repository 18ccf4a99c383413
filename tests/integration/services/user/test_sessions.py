"""Accounts and sessions over HTTP, on real stores, with a clock that the test moves."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import bcrypt
import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from api import problems
from api.dependencies import CurrentUser
from services.user.infrastructure.signing_key import FixedKeyRing, SigningKey
from services.user.infrastructure.tables import users
from services.user.infrastructure.wiring import build_use_cases
from services.user.presentation.router import build_routers

SECRET = "a signing secret of more than thirty-two characters"


@dataclass
class MovingClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def forward(self, step: timedelta) -> None:
        self.moment += step


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock(datetime.now(UTC))


@pytest.fixture
async def http(
    postgres_engine: AsyncEngine, redis_client: Redis, clock: MovingClock
) -> AsyncIterator[httpx.AsyncClient]:
    use_cases = build_use_cases(
        postgres_engine, redis_client, FixedKeyRing([SigningKey.from_secret(SECRET)]), clock, development=True
    )
    app = FastAPI()
    problems.install(app)
    for router in build_routers(use_cases, CurrentUser(use_cases.verify_access_token)):
        app.include_router(router)
    # Each test comes from an address of its own: throttles count by address.
    address = f"10.{secrets.randbelow(256)}.{secrets.randbelow(256)}.{secrets.randbelow(254) + 1}"
    transport = httpx.ASGITransport(app, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


def person() -> dict[str, str]:
    return {
        "email": f"asha-{secrets.token_hex(6)}@example.in",
        "password": "a password of some length",
        "first_name": "Asha",
        "last_name": "Rao",
    }


async def register(http: httpx.AsyncClient, body: dict[str, str] | None = None) -> dict[str, str]:
    response = await http.post("/auth/register", json=body or person())
    assert response.status_code == 201, response.text
    return dict(response.json())


async def me(http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.get("/users/me", headers={"Authorization": f"Bearer {token}"})


async def refresh(http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.post("/auth/refresh", json={"refresh_token": token})


async def test_registering_gives_a_session_and_logging_in_another(http: httpx.AsyncClient) -> None:
    body = person()
    session = await register(http, body)
    assert set(session) == {"user", "access_token", "refresh_token", "token_type", "expires_in"}
    assert session["token_type"] == "bearer"
    profile = (await me(http, session["access_token"])).json()
    assert (profile["email"], profile["first_name"]) == (body["email"], "Asha")
    assert "password" not in str(profile)
    login = await http.post("/auth/login", json={"email": body["email"].upper(), "password": body["password"]})
    assert login.status_code == 200
    assert (await me(http, login.json()["access_token"])).json()["id"] == profile["id"]


async def test_an_email_has_one_account_even_when_two_register_at_once(http: httpx.AsyncClient) -> None:
    body = person()
    responses = await asyncio.gather(*(http.post("/auth/register", json=body) for _ in range(3)))
    assert sorted(response.status_code for response in responses) == [201, 409, 409]


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nobody"), ("email", ""), ("password", "short"), ("first_name", " ")]
)
async def test_wrong_registrations_name_the_field(http: httpx.AsyncClient, field: str, value: str) -> None:
    response = await http.post("/auth/register", json=person() | {field: value})
    assert response.status_code == 422
    assert field in response.text


async def test_a_wrong_password_and_an_unknown_email_look_the_same(http: httpx.AsyncClient) -> None:
    body = person()
    await register(http, body)
    wrong = await http.post("/auth/login", json={"email": body["email"], "password": "not the password"})
    unknown = await http.post("/auth/login", json={"email": "x" + body["email"], "password": "not the password"})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


async def test_guessing_is_slowed_down(http: httpx.AsyncClient) -> None:
    body = person()
    await register(http, body)
    statuses = set()
    for _ in range(30):
        response = await http.post("/auth/login", json={"email": body["email"], "password": "not the password"})
        statuses.add(response.status_code)
        if response.status_code == 429:
            assert int(response.headers["Retry-After"]) > 0
            break
    assert statuses == {401, 429}


async def test_an_expired_token_says_so_and_can_be_refreshed(http: httpx.AsyncClient, clock: MovingClock) -> None:
    # Tokens are read by the machine's clock: this one was given out twenty minutes ago.
    clock.forward(-timedelta(minutes=20))
    session = await register(http)
    clock.forward(timedelta(minutes=20))
    expired = await me(http, session["access_token"])
    assert expired.status_code == 401
    assert expired.json()["code"] == "token-expired"
    assert "refresh" in expired.json()["detail"].lower()
    renewed = (await refresh(http, session["refresh_token"])).json()
    assert (await me(http, renewed["access_token"])).status_code == 200


async def test_a_refresh_that_was_lost_may_be_repeated_at_once(http: httpx.AsyncClient) -> None:
    session = await register(http)
    first, again = await refresh(http, session["refresh_token"]), await refresh(http, session["refresh_token"])
    assert first.json()["refresh_token"] == again.json()["refresh_token"]


async def test_a_refresh_token_used_later_again_ends_the_session(http: httpx.AsyncClient, clock: MovingClock) -> None:
    session = await register(http)
    renewed = (await refresh(http, session["refresh_token"])).json()
    clock.forward(timedelta(minutes=1))
    stolen = await refresh(http, session["refresh_token"])
    assert stolen.status_code == 401
    assert (await refresh(http, renewed["refresh_token"])).status_code == 401
    clock.forward(timedelta(seconds=10))
    assert (await me(http, renewed["access_token"])).json()["code"] == "session-ended"


async def test_logging_out_ends_the_session(http: httpx.AsyncClient, clock: MovingClock) -> None:
    session = await register(http)
    for _ in range(2):
        out = await http.post("/auth/logout", json={"refresh_token": session["refresh_token"]})
        assert out.status_code == 204
    clock.forward(timedelta(seconds=10))
    assert (await me(http, session["access_token"])).status_code == 401
    assert (await refresh(http, session["refresh_token"])).status_code == 401


async def test_a_bcrypt_hash_still_opens_and_is_made_anew(
    http: httpx.AsyncClient, postgres_engine: AsyncEngine
) -> None:
    body = person()
    await register(http, body)
    old = bcrypt.hashpw(body["password"].encode(), bcrypt.gensalt(4)).decode()
    mine = users.c.email == body["email"]
    async with postgres_engine.begin() as connection:
        await connection.execute(update(users).where(mine).values(password_hash=old))
    login = await http.post("/auth/login", json={"email": body["email"], "password": body["password"]})
    assert login.status_code == 200
    async with postgres_engine.connect() as connection:
        now = (await connection.execute(select(users.c.password_hash).where(mine))).scalar_one()
    assert now.startswith("$argon2id$")
