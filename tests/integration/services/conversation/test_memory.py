"""Memories: a person's own, listed, corrected and erased over HTTP and by tools."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from api.problems import install
from services.conversation.application.memory.list_memories import ListMemoriesRequest
from services.conversation.application.memory.remember import RememberRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.memory.memory import MAX_MEMORIES, MemoryFullError
from services.conversation.presentation.memory.router import build_router
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId, new_uuid
from tools.gateway import ToolGateway
from tools.memory import memory_tools


def client_of(use_cases: ConversationUseCases, user_id: UserId) -> AsyncClient:
    app = FastAPI()
    app.include_router(build_router(use_cases.memory, lambda: Identity(user_id)), prefix="/api/v1")
    install(app)
    return AsyncClient(transport=ASGITransport(app), base_url="http://nivesh/api/v1")


@pytest.fixture
async def memory_client(use_cases: ConversationUseCases, unique_user: UserId) -> AsyncIterator[AsyncClient]:
    async with client_of(use_cases, unique_user) as client:
        yield client


async def test_remember_correct_and_forget(memory_client: AsyncClient) -> None:
    made = await memory_client.post("/memory", json={"text": "  I am paid\non the last day. "})
    assert (made.status_code, made.json()["text"]) == (201, "I am paid on the last day.")
    again = await memory_client.post("/memory", json={"text": "I am paid on the last day."})
    assert again.json()["id"] == made.json()["id"]
    path = f"/memory/{made.json()['id']}"
    corrected = await memory_client.patch(path, json={"text": "I am paid on the first."})
    assert corrected.json()["text"] == "I am paid on the first."
    listed = (await memory_client.get("/memory")).json()["memories"]
    assert [one["text"] for one in listed] == ["I am paid on the first."]
    assert (await memory_client.delete(path)).status_code == 204
    assert (await memory_client.get("/memory")).json() == {"memories": []}
    gone = await memory_client.delete(path)
    assert (gone.status_code, gone.json()["code"]) == (404, "memory-not-found")


@pytest.mark.parametrize("text", ["", "   ", "x" * 301, "a\x00b"])
async def test_texts_that_cannot_be_kept(memory_client: AsyncClient, text: str) -> None:
    assert (await memory_client.post("/memory", json={"text": text})).status_code in {413, 422}


async def test_nobody_elses_memories(
    memory_client: AsyncClient, use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    made = (await memory_client.post("/memory", json={"text": "Mine."})).json()
    async with client_of(use_cases, UserId(new_uuid())) as other:
        assert (await other.get("/memory")).json() == {"memories": []}
        assert (await other.patch(f"/memory/{made['id']}", json={"text": "Yours."})).status_code == 404
        assert (await other.delete(f"/memory/{made['id']}")).status_code == 404
    found = await use_cases.memory.list(ListMemoriesRequest(user_id=unique_user))
    assert [one.text for one in found] == ["Mine."]


async def test_a_hundred_are_kept_however_many_write_at_once(
    use_cases: ConversationUseCases, unique_user: UserId
) -> None:
    outcomes = await asyncio.gather(
        *(
            use_cases.memory.remember(RememberRequest(user_id=unique_user, text=f"Fact {number}."))
            for number in range(MAX_MEMORIES + 3)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, MemoryFullError) for outcome in outcomes) == 3
    assert len(await use_cases.memory.list(ListMemoriesRequest(user_id=unique_user))) == MAX_MEMORIES


async def test_the_tools_show_what_they_will_do(use_cases: ConversationUseCases, unique_user: UserId) -> None:
    identity = Identity(unique_user, frozenset({"chat:read", "chat:write"}))
    gateway = ToolGateway(memory_tools(use_cases.memory))
    prepared = await gateway.preview(identity, "remember", {"text": "I rent in Pune."})
    assert prepared.preview.summary == "Remember: “I rent in Pune.”"
    kept = await gateway.run(identity, "remember", prepared.arguments)
    assert (await gateway.run(identity, "list_memories", {}))["memories"] == [kept]
    forget = await gateway.preview(identity, "forget", {"memory_id": kept["memory_id"]})
    assert forget.preview.summary == "Forget: “I rent in Pune.”"
    assert await gateway.run(identity, "forget", forget.arguments) == {"forgotten": "I rent in Pune."}
    assert str(UUID(kept["memory_id"])) == kept["memory_id"]
