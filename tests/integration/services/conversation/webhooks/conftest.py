"""A person's webhooks, on real engines, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pymongo.asynchronous.database import AsyncDatabase
from sqlalchemy.ext.asyncio import AsyncEngine

from api.problems import install
from data.mongo import MongoDocument
from data.outbox.inbox import PostgresInbox
from services.conversation.application.accept_turn import AcceptTurnRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.application.webhooks.list_webhooks import ListWebhooksRequest
from services.conversation.domain.run import Run
from services.conversation.domain.webhooks.delivery import Delivery
from services.conversation.infrastructure.webhooks.wiring import WebhookSettings
from services.conversation.infrastructure.wiring import build_handlers, build_use_cases, prepare_stores
from services.conversation.presentation.webhooks.router import build_router
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId
from services.shared.infrastructure.dispatch import HandlerSet
from tests.integration.services.conversation.conftest import Outbox
from tests.support.receiver import Receiver, receiver


class MovableClock:
    """The machine's time, and what the test adds."""

    def __init__(self) -> None:
        self._passed = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._passed

    def pass_time(self, by: timedelta) -> None:
        self._passed += by


class Telling:
    """What the worker does, step by step, for one person."""

    def __init__(self, engine: AsyncEngine, use_cases: ConversationUseCases, outbox: Outbox, user_id: UserId) -> None:
        self._handlers = HandlerSet(PostgresInbox(engine), build_handlers(use_cases))
        self._outbox = outbox
        self._use_cases = use_cases
        self._user_id = user_id

    async def follow(self) -> None:
        """Hand what was published to the consumers, whatever they had before."""
        assert not any(await self._handlers.handle(await self._outbox.records()))

    async def due(self) -> list[Delivery]:
        found = await self._use_cases.webhooks.list_due(without=[], limit=10_000)
        return [delivery for delivery in found if delivery.user_id == self._user_id]

    async def send(self) -> int:
        """Send what is due, once; how many."""
        due = await self.due()
        for delivery in due:
            await self._use_cases.webhooks.attempt(delivery)
        return len(due)

    async def run(self, message: str = "q") -> Run:
        accepted = await self._use_cases.accept_turn(AcceptTurnRequest(user_id=self._user_id, message=message))
        return accepted.run

    async def is_disabled(self) -> bool:
        (webhook,) = await self._use_cases.webhooks.list(ListWebhooksRequest(user_id=self._user_id))
        return webhook.disabled_at is not None


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def use_cases(
    postgres_engine: AsyncEngine, mongo_database: AsyncDatabase[MongoDocument], clock: MovableClock
) -> ConversationUseCases:
    await prepare_stores(mongo_database)
    return build_use_cases(postgres_engine, mongo_database, clock, webhooks=WebhookSettings(loopback=True))


@pytest.fixture
def telling(
    postgres_engine: AsyncEngine, use_cases: ConversationUseCases, published: Outbox, unique_user: UserId
) -> Telling:
    return Telling(postgres_engine, use_cases, published, unique_user)


@pytest.fixture
def receiving() -> Iterator[Receiver]:
    with receiver() as listening:
        yield listening


def client_of(use_cases: ConversationUseCases, user_id: UserId) -> AsyncClient:
    app = FastAPI()
    app.include_router(build_router(use_cases.webhooks, lambda: Identity(user_id)), prefix="/api/v1")
    install(app)
    return AsyncClient(transport=ASGITransport(app), base_url="http://nivesh/api/v1")


@pytest.fixture
async def client(use_cases: ConversationUseCases, unique_user: UserId) -> AsyncIterator[AsyncClient]:
    async with client_of(use_cases, unique_user) as client:
        yield client
