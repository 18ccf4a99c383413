"""What every turn keeps in PostgreSQL."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.append import appended
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
        return bool(await OPEN.rows(self._engine, values | appended(outbox_record(event))))

    async def follow(self, run: Run, title: str) -> Run | None:
        """Keep a run at the end of its conversation's branch; None, keeping nothing, when it cannot be there."""
        values = {"wanted_id": run.conversation_id, "owner_id": run.user_id, "wanted_title": title}
        for row in await FOLLOW.rows(self._engine, values | _named("run", accepted_row(run))):
            return dataclasses.replace(run, parent_id=row["parent_id"])
        return None

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
        return bool(await COMPLETE.rows(self._engine, values | appended(outbox_record(event))))


def _named(prefix: str, row: dict[str, object]) -> dict[str, object]:
    """The row's values as the statements name them."""
    return {f"{prefix}_{name}": value for name, value in row.items()}
