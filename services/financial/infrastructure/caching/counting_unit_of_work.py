"""A unit of work after which nobody is told an earlier cached figure."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.infrastructure.caching.versions import count_change
from services.shared.domain.ids import UserId
from services.shared.infrastructure.postgres_unit_of_work import PostgresUnitOfWork


class PostgresCountingUnitOfWork(PostgresUnitOfWork):
    """Base of this context's units: a commit counts a change of everybody whom it tells of, or has marked."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self._changed: set[UserId] = set()

    async def commit(self) -> None:
        """Count the change of each person's records, and commit everything."""
        await count_change(self.connection, {*self._changed, *(event.user_id for event in self._events)})
        await super().commit()
