"""What every turn keeps in PostgreSQL: one statement each, a transaction by itself that takes one round trip."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from sqlalchemy import Text, bindparam, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.append import appended, appending
from data.transactions import connect
from services.conversation.domain.run import UNFINISHED, Run
from services.conversation.infrastructure.postgres_conversations import LOCK
from services.conversation.infrastructure.tables import conversations, runs
from services.shared.domain.events import DomainEvent
from services.shared.infrastructure.postgres_unit_of_work import outbox_record

_RESULT: Final = (
    "state",
    "model",
    "answer",
    "message_id",
    "citations",
    "prompt_tokens",
    "completion_tokens",
    "finished_at",
)
_OWNER: Final = bindparam("wanted_owner", type_=Text)
_HELD: Final = LOCK.cte("held")
_COMPLETED: Final = (
    update(runs)
    .where(
        # Counted for the sake of its lock, which comes before the run's as everywhere else.
        select(func.count()).select_from(_HELD).scalar_subquery().is_not(None),
        runs.c.id == bindparam("wanted_run"),
        runs.c.user_id == bindparam("owner_id"),
        runs.c.state.in_(UNFINISHED),
        or_(_OWNER.is_(None), runs.c.owner == _OWNER),
    )
    .values({name: bindparam(f"completed_{name}") for name in (*_RESULT, "cost_usd")})
    .returning(runs.c.id)
    .cte("completed")
)
_TOUCHED: Final = (
    update(conversations)
    .where(conversations.c.id.in_(select(_HELD.c.id)), exists(select(_COMPLETED.c.id)))
    .values(updated_at=bindparam("completed_finished_at"))
    .returning(conversations.c.id)
    .cte("touched")
)
_COMPLETE: Final = select(_COMPLETED.c.id).add_cte(_TOUCHED, appending(_COMPLETED))


class PostgresTurnStore:
    """`TurnStore` on connections of its own."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def complete(
        self, completed: Run, cost_usd: Decimal, event: DomainEvent, *, owner: str | None = None
    ) -> bool:
        """Close an unfinished run as completed, and note that its conversation had a turn."""
        values = {f"completed_{name}": getattr(completed, name) for name in _RESULT}
        values |= {
            "wanted_run": completed.id,
            "wanted_id": completed.conversation_id,
            "owner_id": completed.user_id,
            "wanted_owner": owner,
            "completed_cost_usd": cost_usd,
        }
        async with connect(self._engine) as connection:
            done = await connection.execute(_COMPLETE, values | appended(outbox_record(event)))
        return done.first() is not None
