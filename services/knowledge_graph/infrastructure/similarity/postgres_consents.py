"""Consents in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.knowledge_graph.domain.similarity.ports import Consent, ConsentRepository
from services.knowledge_graph.infrastructure.tables import similarity_consents
from services.shared.domain.ids import UserId
from services.shared.infrastructure.postgres_unit_of_work import PostgresUnitOfWork


class PostgresConsentRepository:
    """`ConsentRepository` on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get_locked(self, user_id: UserId) -> Consent:
        """Lock the person, who may have no row yet."""
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        await self._connection.execute(lock, {"key": f"similarity-consent:{user_id}"})
        return await _get(self._connection, user_id)

    async def save(self, consent: Consent) -> None:
        """Insert or update the row."""
        values = {"granted": consent.granted, "changed_at": consent.changed_at}
        statement = insert(similarity_consents).values(user_id=consent.user_id, **values)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))


class PostgresConsentUnitOfWork(PostgresUnitOfWork):
    """The unit of work over consents."""

    consents: ConsentRepository

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self.consents = PostgresConsentRepository(self.connection)
        return self


class PostgresConsentReader:
    """`ConsentReader` on the pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, user_id: UserId) -> Consent:
        """The row, or what it means to have none."""
        async with connect(self._engine) as connection:
            return await _get(connection, user_id)

    async def granted(self) -> list[UserId]:
        """From the index."""
        query = select(similarity_consents.c.user_id).where(similarity_consents.c.granted)
        async with connect(self._engine) as connection:
            return [UserId(row.user_id) for row in await connection.execute(query)]

    async def granted_among(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """One query."""
        column = similarity_consents.c.user_id
        query = select(column).where(similarity_consents.c.granted, column.in_(list(user_ids)))
        async with connect(self._engine) as connection:
            return frozenset(UserId(row.user_id) for row in await connection.execute(query))


async def _get(connection: AsyncConnection, user_id: UserId) -> Consent:
    query = select(similarity_consents).where(similarity_consents.c.user_id == user_id)
    row = (await connection.execute(query)).one_or_none()
    return Consent(user_id) if row is None else Consent(user_id, row.granted, row.changed_at)
