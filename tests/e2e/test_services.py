"""Each bounded context as a service of its own, with access tokens of the user service."""

from __future__ import annotations

import asyncio
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from api.bootstrap import open_worker
from api.contexts import STORES, Context
from api.settings import Settings
from api.solo import open_service
from tests.support.server import Server

# What each service has, and what it has not.
ROUTES = {
    Context.FINANCIAL: ("/accounts", "/goals"),
    Context.GOALS: ("/goals", "/accounts"),
    Context.KNOWLEDGE_GRAPH: ("/graph/overview", "/goals"),
    Context.CONVERSATION: ("/conversations", "/accounts"),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(home=tmp_path_factory.mktemp("services"), rate_limit_per_minute=0)


@asynccontextmanager
async def served(settings: Settings, context: Context) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        open_service(settings, context) as app,
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://nivesh", timeout=60) as http,
    ):
        yield http


@pytest.fixture(scope="module")
async def token(settings: Settings) -> AsyncIterator[str]:
    """The access token of a person who registered with the user service, which goes on running."""
    async with served(settings, Context.USER) as http:
        person = {"email": f"asha-{secrets.token_hex(6)}@example.in", "first_name": "Asha", "last_name": "Rao"}
        session = await http.post("/api/v1/auth/register", json=person | {"password": secrets.token_urlsafe(16)})
        assert session.status_code == 201, session.text
        headers = {"Authorization": f"Bearer {session.json()['access_token']}"}
        assert (await http.get("/api/v1/users/me", headers=headers)).status_code == 200
        assert (await http.get("/api/v1/accounts", headers=headers)).status_code == 404
        assert set((await http.get("/health/ready")).json()["checks"]) == {"postgres", "redis"}
        yield session.json()["access_token"]


@pytest.mark.parametrize("context", ROUTES)
async def test_a_context_alone_serves_its_routes_to_people_of_the_user_service(
    context: Context, settings: Settings, token: str
) -> None:
    own, foreign = ROUTES[context]
    async with served(settings, context) as http:
        ready = (await http.get("/health/ready")).json()
        assert ready["status"] == "ok"
        assert set(ready["checks"]) == {store.value for store in STORES[context]}
        assert (await http.get(f"/api/v1{own}")).status_code == 401
        assert (await http.get(f"/api/v1{own}", headers={"Authorization": "Bearer nonsense"})).status_code == 401
        http.headers["Authorization"] = f"Bearer {token}"
        assert (await http.get(f"/api/v1{own}")).status_code == 200
        assert (await http.get(f"/api/v1{foreign}")).status_code == 404
        assert (await http.get("/api/v1/users/me")).status_code == 404
        if context is Context.CONVERSATION:
            answer = await http.post("/api/v1/chat", json={"message": "What accounts do I have?"})
            assert answer.status_code == 200, answer.text
        if context is Context.KNOWLEDGE_GRAPH:
            async with open_worker(settings), asyncio.timeout(100):
                while not (await http.get("/api/v1/graph/overview")).json()["node_counts"]["User"]:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)  # the graph tells nobody of its changes


def test_the_command_serves_one_context(settings: Settings, token: str) -> None:
    with Server(settings.home, only="goals") as service:
        headers = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=f"{service.url}/api/v1", headers=headers, timeout=60) as http:
            assert http.get("/goals").status_code == 200
            assert http.get("/accounts").status_code == 404


def test_a_context_that_there_is_not_is_told() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "api.cli.main", "serve", "--only", "banking"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert told.returncode == 2
    assert "knowledge_graph" in told.stderr
