"""The unit of work on PostgreSQL: changes and their events commit together through the outbox."""

from __future__ import annotations

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncTransaction

from data.outbox.append import append
from data.outbox.records import OutboxRecord
from data.transactions import AfterCommit, Surrounding, surrounding
from services.shared.domain.events import DomainEvent


class PostgresUnitOfWork:
    """One transaction on one connection. Contexts derive from it and set their repositories in `__aenter__`.

    Inside a surrounding transaction (`data.transactions.surround`) it is a savepoint of that one.
    """

    connection: AsyncConnection
    _transaction: AsyncTransaction

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._events: list[DomainEvent] = []
        self._after_commit: list[AfterCommit] = []
        self._surrounding: Surrounding | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._surrounding = surrounding()
        if self._surrounding is not None:
            self.connection = self._surrounding.connection
            self._transaction = await self.connection.begin_nested()
            return self
        self.connection = await self._stack.enter_async_context(self._engine.connect())
        try:
            self._transaction = await self.connection.begin()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._transaction.is_active:
                await self._transaction.rollback()
        finally:
            await self._stack.aclose()

    def record(self, event: DomainEvent) -> None:
        """Have the event published if, and only if, this unit commits."""
        self._events.append(event)

    def after_commit(self, follow: AfterCommit) -> None:
        """Have something done once the changes are durable. It is lost when the process dies between the two."""
        self._after_commit.append(follow)

    async def commit(self) -> None:
        """Append the recorded events to the outbox and commit everything."""
        await append(self.connection, [outbox_record(event) for event in self._events])
        await self._transaction.commit()
        self._events.clear()
        if self._surrounding is not None:
            self._surrounding.after_commit.extend(self._after_commit)
            return
        for follow in self._after_commit:
            await follow()


def outbox_record(event: DomainEvent) -> OutboxRecord:
    """The event as the outbox keeps it."""
    return OutboxRecord(
        event_id=event.event_id,
        topic=event.topic,
        name=event.name,
        key=str(event.user_id),
        occurred_at=event.occurred_at,
        payload=dict(event.payload()),
    )
