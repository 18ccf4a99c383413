"""Tools over REST, as a developer's program and as a person who is logged in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import httpx2
import pytest
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client

from tests.clients.test_mcp_client import called
from tests.clients.test_openai_client import key_of
from tests.support.client import Person
from tests.support.server import Server

BUDGET = {"category": "education", "amount": "2500"}


def budgets(person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.http.get("/finance/budgets").json()["budgets"]
    return found


@pytest.fixture
def program(server: Server, stranger: Person) -> Iterator[httpx.Client]:
    headers = {"authorization": f"Bearer {key_of(stranger, 'finance:read', 'finance:write')}"}
    with httpx.Client(base_url=f"{server.url}/api/v1", headers=headers, timeout=60) as client:
        yield client


def test_tools_are_listed_with_their_schemas(program: httpx.Client, stranger: Person) -> None:
    mine = {tool["name"]: tool for tool in stranger.http.get("/tools").json()["tools"]}
    its = {tool["name"] for tool in program.get("/tools").json()["tools"]}

    assert mine["set_budget"]["effect"] == "write"
    assert mine["get_spending"]["parameters"]["required"] == ["from", "to"]
    assert "get_profile" in mine.keys() - its


def test_a_dry_run_tells_and_changes_nothing(stranger: Person) -> None:
    told = stranger.http.post("/tools/set_budget", json=BUDGET, params={"dry_run": True}).json()

    assert told["status"] == "dry_run"
    assert told["preview"]["summary"]
    assert budgets(stranger) == []


def test_a_dry_run_of_a_read_checks_its_arguments(stranger: Person) -> None:
    october = {"from": "2026-10-01", "to": "2026-10-31"}
    told = stranger.http.post("/tools/get_spending", json=october, params={"dry_run": True}).json()
    assert (told["status"], told["arguments"]["from"]) == ("dry_run", "2026-10-01")
    assert "nothing is changed" in told["preview"]["summary"]

    wrong = stranger.http.post("/tools/get_spending", json={"from": "soon"}, params={"dry_run": True})
    assert wrong.status_code == 422


def test_a_person_who_is_logged_in_writes_at_once_and_once_per_key(stranger: Person) -> None:
    first, again, other = [
        stranger.http.post("/tools/set_budget", json=body, headers={"idempotency-key": "b-1"})
        for body in (BUDGET, BUDGET, {**BUDGET, "amount": "1"})
    ]

    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert len(budgets(stranger)) == 1


def test_a_programs_write_waits_for_its_person(program: httpx.Client, stranger: Person) -> None:
    asked, again = [
        program.post("/tools/set_budget", json=BUDGET, headers={"idempotency-key": "p-1"}).json() for _ in range(2)
    ]
    assert asked["status"] == "approval_required"
    assert again["approval_id"] == asked["approval_id"]
    assert budgets(stranger) == []

    approve(stranger, asked["approval_id"])
    done = program.post("/tools/set_budget", json={**BUDGET, "approval_id": asked["approval_id"]}).json()

    assert done["status"] == "done"
    assert len(budgets(stranger)) == 1


def approve(person: Person, approval_id: str) -> None:
    """With a key, twice: the answer was lost on its way, and something else is refused."""
    path, key = f"/approvals/{approval_id}", {"idempotency-key": approval_id}
    word = {"decision": "approve", "hash": person.http.get(path).json()["hash"]}
    first, again, other = [
        person.http.post(path, json=body, headers=key) for body in (word, word, {**word, "decision": "reject"})
    ]
    assert first.status_code == again.status_code == 200
    assert (again.content, again.headers["idempotency-replayed"]) == (first.content, "true")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


async def test_a_call_with_a_key_is_one_call_also_after_it_was_done(server: Server, stranger: Person) -> None:
    """Over REST and MCP: what it was for may be gone by then."""
    headers = {"authorization": f"Bearer {key_of(stranger, 'chat:write')}", "idempotency-key": "once"}
    memory_id = stranger.http.post("/memory", json={"text": "I rent in Pune."}).json()["id"]
    async with (
        httpx2.AsyncClient(headers=headers, timeout=60) as http,
        Client(streamable_http_client(f"{server.url}/mcp", http_client=http)) as client,
    ):
        asked = await called(client, "forget", {"memory_id": memory_id})
        approve(stranger, asked["approval_id"])
        told = [await called(client, "forget", {"memory_id": memory_id}) for _ in range(2)]
    rest = stranger.http.post("/tools/forget", json={"memory_id": memory_id}, headers=headers).json()
    assert [(one["status"], one["result"]) for one in (*told, rest)] == [("done", {"forgotten": "I rent in Pune."})] * 3
    assert len(stranger.http.get("/runs").json()["runs"]) == 1


@pytest.mark.parametrize(
    ("tool", "arguments", "status", "code"),
    [
        ("get_spending", {"from": "2026-10-01"}, 422, "invalid-arguments"),
        ("set_budget", {"category": "nonsense", "amount": "5"}, 422, "invalid-arguments"),
        ("set_budget", {"category": "dining", "amount": 5.5}, 422, "invalid-arguments"),
        ("no_such_tool", {}, 404, "tool-not-found"),
        ("get_profile", {}, 403, "permission-denied"),
    ],
)
def test_wrong_calls_say_what_is_wrong(
    program: httpx.Client, tool: str, arguments: dict[str, Any], status: int, code: str
) -> None:
    refused = program.post(f"/tools/{tool}", json=arguments)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
