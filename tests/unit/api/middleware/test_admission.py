"""Questions are read, then wait for their turn, and only then reach the app."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from starlette.types import Message, Receive, Scope, Send

from agents.runs.slots import OverloadedError
from api.middleware.admission import Admission
from tests.unit.api.middleware.calls import body_part, exchange, http_scope

CHAT = "/api/v1/chat"
PARTS = [body_part(b'{"message":', more=True), body_part(b'"hello"}', more=False)]


class App:
    """Notes what it reads, and answers nothing."""

    def __init__(self) -> None:
        self.read: list[Message] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.read = [await receive() for _ in range(3)]


class Door:
    """Lets in when it is open."""

    def __init__(self) -> None:
        self.asked, self.open = asyncio.Event(), asyncio.Event()
        self.inside = 0

    @asynccontextmanager
    async def admit(self) -> AsyncIterator[None]:
        self.asked.set()
        await self.open.wait()
        self.inside += 1
        yield
        self.inside -= 1


class Shut(AbstractAsyncContextManager[None]):
    """Lets nobody in."""

    async def __aenter__(self) -> None:
        raise OverloadedError("Ask again.", extra={"retry_after_s": 5})

    async def __aexit__(self, *_: object) -> None:
        raise AssertionError("nobody was inside")


async def test_a_question_reaches_the_app_whole_when_it_is_let_in() -> None:
    app, door = App(), Door()
    asking = asyncio.create_task(exchange(Admission(app, admit=door.admit), http_scope(CHAT, "POST"), PARTS))
    await door.asked.wait()
    assert app.read == []
    door.open.set()
    await asking
    assert app.read == [*PARTS, {"type": "http.disconnect"}]
    assert door.inside == 0


async def test_who_sends_slowly_does_not_wait_before_all_is_there() -> None:
    app, door = App(), Door()
    door.open.set()
    waits, rest = asyncio.Event(), asyncio.Event()
    unread = iter(PARTS)

    async def receive() -> Message:
        message = next(unread, None)
        if message is PARTS[1]:
            waits.set()
            await rest.wait()
        return message or {"type": "http.disconnect"}

    asking = asyncio.create_task(Admission(app, admit=door.admit)(http_scope(CHAT, "POST"), receive, _drop))
    await waits.wait()
    assert not door.asked.is_set()
    rest.set()
    await asking
    assert door.asked.is_set()
    assert app.read == [*PARTS, {"type": "http.disconnect"}]


@pytest.mark.parametrize(("path", "method"), [(CHAT, "GET"), ("/api/v1/runs", "POST"), (f"{CHAT}/ws", "GET")])
async def test_other_requests_do_not_wait(path: str, method: str) -> None:
    app, door = App(), Door()
    await exchange(Admission(app, admit=door.admit), http_scope(path, method), PARTS)
    assert not door.asked.is_set()
    assert len(app.read) == 3


@pytest.mark.parametrize("path", [CHAT, f"{CHAT}/ai-sdk", f"{CHAT}/ag-ui", "/openai/v1/chat/completions"])
async def test_who_waited_in_vain_is_told_in_every_protocol(path: str) -> None:
    app = App()
    sent, _ = await exchange(Admission(app, admit=Shut), http_scope(path, "POST"), PARTS)
    assert sent[0]["status"] == 503
    assert json.loads(sent[1]["body"])["code"] == "overloaded"
    assert app.read == []


async def _drop(_: Message) -> None:
    raise AssertionError("nothing is answered here")
