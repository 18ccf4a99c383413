"""MCP's own Python client, in today's form of the protocol and in that of 2025."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import httpx2
import pytest
from mcp.client import Client, ClientSession
from mcp.client.streamable_http import streamable_http_client

from tests.clients.test_openai_client import key_of
from tests.support.client import Person
from tests.support.server import Server

BUDGET = {"category": "travel", "amount": "7000"}


@asynccontextmanager
async def connected(server: Server, key: str) -> AsyncIterator[Client]:
    headers = {"authorization": f"Bearer {key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=30) as http,
        Client(streamable_http_client(f"{server.url}/mcp", http_client=http)) as client,
    ):
        yield client


@pytest.fixture
def key(asha: Person) -> str:
    return key_of(asha, "finance:read", "finance:write", "goals:read")


async def called(client: Client, name: str, arguments: dict[str, Any] | None = None) -> dict[str, Any]:
    result = await client.call_tool(name, arguments or {})
    content: dict[str, Any] = result.structured_content
    return {**content, "is_error": result.is_error}


async def test_the_tools_are_those_of_the_keys_scopes(server: Server, key: str) -> None:
    async with connected(server, key) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}

    assert {"get_spending", "get_net_worth", "list_goals", "set_budget"} <= tools.keys()
    assert "get_profile" not in tools
    assert tools["get_spending"].input_schema["properties"]["from"]["format"] == "date"
    assert tools["get_spending"].annotations is not None
    assert tools["get_spending"].annotations.read_only_hint is True
    assert tools["set_budget"].annotations is not None
    assert tools["set_budget"].annotations.read_only_hint is False


async def test_a_read_answers_with_the_right_figure(server: Server, key: str, asha: Person) -> None:
    async with connected(server, key) as client:
        answer = await called(client, "get_net_worth")

    assert Decimal(answer["net_worth"]) == Decimal(asha.http.get("/finance/net-worth").json()["net_worth"])


async def test_a_client_of_2025_is_answered_too(server: Server, key: str) -> None:
    headers = {"authorization": f"Bearer {key}"}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=30) as http,
        streamable_http_client(f"{server.url}/mcp", http_client=http) as streams,
        ClientSession(streams[0], streams[1]) as session,
    ):
        greeting = await session.initialize()
        result = await session.call_tool("list_accounts", {})

    assert greeting.server_info.name == "nivesh"
    assert not result.is_error


async def test_a_write_waits_for_the_person_and_is_done_once(server: Server, key: str, asha: Person) -> None:
    def budgets() -> list[str]:
        return [one["category"] for one in asha.http.get("/finance/budgets").json()["budgets"]]

    async with connected(server, key) as client:
        asked = await called(client, "set_budget", BUDGET)
        assert asked["status"] == "approval_required"
        assert "travel" not in budgets()
        again = {**BUDGET, "approval_id": asked["approval_id"]}
        assert (await called(client, "set_budget", again))["status"] == "approval_required"

        shown = asha.http.get(f"/approvals/{asked['approval_id']}").json()
        decision = {"decision": "approve", "hash": shown["hash"]}
        assert asha.http.post(f"/approvals/{asked['approval_id']}", json=decision).status_code == 200
        done = await called(client, "set_budget", again)

    assert done["status"] == "done"
    assert budgets().count("travel") == 1


async def test_a_declined_write_is_told_as_not_done(server: Server, key: str, asha: Person) -> None:
    async with connected(server, key) as client:
        asked = await called(client, "set_budget", {"category": "health", "amount": "1"})
        shown = asha.http.get(f"/approvals/{asked['approval_id']}").json()
        asha.http.post(f"/approvals/{asked['approval_id']}", json={"decision": "reject", "hash": shown["hash"]})
        told = await called(client, "set_budget", {"approval_id": asked["approval_id"]})

    assert (told["status"], told["result"]["error"]["code"]) == ("not_done", "declined")


async def test_wrong_arguments_and_missing_scopes_are_errors_to_read(server: Server, asha: Person) -> None:
    async with connected(server, key_of(asha, "finance:read")) as client:
        wrong = await called(client, "get_spending", {"from": "yesterday", "to": "2026-10-31"})
        missing = await called(client, "set_budget", BUDGET)

    assert (wrong["is_error"], wrong["error"]["code"]) == (True, "invalid-arguments")
    assert (missing["is_error"], missing["error"]["code"]) == (True, "permission-denied")


async def test_another_persons_approval_is_not_there(server: Server, key: str, stranger: Person) -> None:
    other = key_of(stranger, "finance:read", "finance:write")
    async with connected(server, key) as client, connected(server, other) as eve:
        asked = await called(client, "set_budget", BUDGET)
        told = await called(eve, "set_budget", {"approval_id": asked["approval_id"]})

    assert (told["is_error"], told["error"]["code"]) == (True, "approval-not-found")


async def test_an_approval_tells_of_its_own_tool_only(server: Server, key: str) -> None:
    async with connected(server, key) as client:
        asked = await called(client, "set_budget", BUDGET)
        told = await called(client, "add_category", {"approval_id": asked["approval_id"]})

    assert (told["is_error"], told["error"]["code"]) == (True, "invalid-input")


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://evil.example", 403),
        ("null", 403),
        ("http://127.0.0.1.evil.example:6274", 403),
        ("http://localhost:6274", 200),
        ("http://[::1]", 200),
    ],
)
async def test_another_sites_page_is_turned_away(server: Server, key: str, origin: str, status: int) -> None:
    headers = {"authorization": f"Bearer {key}", "accept": "application/json", "origin": origin}
    async with httpx2.AsyncClient(headers=headers) as http:
        response = await http.post(f"{server.url}/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "ping"})

    assert response.status_code == status


async def test_without_a_key_nothing_is_answered(server: Server) -> None:
    async with httpx2.AsyncClient() as http:
        response = await http.post(f"{server.url}/mcp", json={"jsonrpc": "2.0", "id": 1, "method": "tools/list"})

    assert (response.status_code, response.json()["code"]) == (401, "unauthenticated")
