"""What every turn keeps in PostgreSQL."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.append import appended
from data.transactions import connect
from services.conversation.domain.conversation import Conversation
from services.conversation.domain.run import Run
from services.conversation.infrastructure.mappers import accepted_row, conversation_row
from services.conversation.infrastructure.turn_statements import COMPLETE, FOLLOW, OPEN, RESULT
from services.shared.domain.events import DomainEvent
from services.shared.infrastructure.postgres_unit_of_work import outbox_record


class PostgresTurnStore:
    """`TurnStore` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def open(self, conversation: Conversation, run: Run, event: DomainEvent) -> bool:
        """Keep a new conversation with its first run; False, keeping nothing, when the run's key is taken."""
        values = _named("opened", conversation_row(conversation)) | _named("run", accepted_row(run))
        return await self._row(OPEN, values | appended(outbox_record(event))) is not None

    async def follow(self, run: Run, title: str) -> Run | None:
        """Keep a run at the end of its conversation's branch; None, keeping nothing, when it cannot be there."""
        values = {"wanted_id": run.conversation_id, "owner_id": run.user_id, "wanted_title": title}
        row = await self._row(FOLLOW, values | _named("run", accepted_row(run)))
        return dataclasses.replace(run, parent_id=row.parent_id) if row is not None else None

    async def complete(
        self, completed: Run, cost_usd: Decimal, event: DomainEvent, *, owner: str | None = None
    ) -> bool:
        """Close an unfinished run as completed, and note that its conversation had a turn."""
        values: dict[str, object] = {f"completed_{name}": getattr(completed, name) for name in RESULT}
        values |= {
            "wanted_run": completed.id,
            "wanted_id": completed.conversation_id,
            "owner_id": completed.user_id,
            "wanted_owner": owner,
            "completed_cost_usd": cost_usd,
        }
        return await self._row(COMPLETE, values | appended(outbox_record(event))) is not None

    async def _row(self, statement: Select[Any], values: dict[str, object]) -> Row[Any] | None:
        async with connect(self._engine) as connection:
            row: Row[Any] | None = (await connection.execute(statement, values)).first()
        return row


def _named(prefix: str, row: dict[str, object]) -> dict[str, object]:
    """The row's values as the statements name them."""
    return {f"{prefix}_{name}": value for name, value in row.items()}
