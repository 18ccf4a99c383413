from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pymongo.asynchronous.database import AsyncDatabase
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from api.problems import install
from data.mongo import MongoDocument
from data.outbox.records import OutboxRecord
from data.outbox.tables import outbox
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.infrastructure.wiring import build_use_cases, prepare_stores
from services.conversation.presentation.feedback.router import build_router as build_feedback_router
from services.conversation.presentation.router import build_router
from services.shared.domain.identity import Identity
from services.shared.domain.ids import UserId


@pytest.fixture
async def use_cases(postgres_engine: AsyncEngine, mongo_database: AsyncDatabase[MongoDocument]) -> ConversationUseCases:
    await prepare_stores(mongo_database)
    return build_use_cases(postgres_engine, mongo_database)


class Outbox:
    """What one user's units of work have published."""

    def __init__(self, engine: AsyncEngine, user_id: UserId) -> None:
        self._engine = engine
        self._user_id = user_id

    async def records(self) -> list[OutboxRecord]:
        query = select(outbox).where(outbox.c.key == str(self._user_id)).order_by(outbox.c.position)
        async with self._engine.connect() as connection:
            return [
                OutboxRecord(row.event_id, row.topic, row.name, row.key, row.occurred_at, row.payload)
                for row in await connection.execute(query)
            ]

    async def names(self) -> list[str]:
        return [record.name for record in await self.records()]


@pytest.fixture
def published(postgres_engine: AsyncEngine, unique_user: UserId) -> Outbox:
    return Outbox(postgres_engine, unique_user)


@pytest.fixture
async def client(use_cases: ConversationUseCases, unique_user: UserId) -> AsyncIterator[AsyncClient]:
    """The routes, as seen by a caller who is logged in as `unique_user`."""

    def current_user() -> Identity:
        return Identity(unique_user)

    app = FastAPI()
    app.include_router(build_router(use_cases, current_user), prefix="/api/v1")
    app.include_router(build_feedback_router(use_cases.feedback, current_user), prefix="/api/v1")
    install(app)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://nivesh/api/v1") as client:
        yield client
