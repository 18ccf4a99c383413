"""The statements that keep what every turn keeps: each is a transaction by itself, and takes one round trip.

Its parts depend on each other, so that all is kept or nothing, and the conversation is locked first, as everywhere.
Values have names that no column has: SQLAlchemy would take those for columns to be set.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Select, Table, Text, bindparam, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from data.outbox.append import appending
from data.statements import Statement
from services.conversation.domain.run import UNFINISHED
from services.conversation.infrastructure.mappers import ACCEPTED, CONVERSATION
from services.conversation.infrastructure.postgres_conversations import LOCK
from services.conversation.infrastructure.tables import conversations, runs

RESULT: Final = (
    "state",
    "model",
    "answer",
    "message_id",
    "citations",
    "prompt_tokens",
    "completion_tokens",
    "finished_at",
)
_HELD: Final = LOCK.cte("held")


def _values(table: Table, prefix: str, names: Sequence[str]) -> list[BindParameter[Any]]:
    return [bindparam(f"{prefix}_{name}", type_=table.c[name].type) for name in names]


def _open() -> Select[Any]:
    accepted = (
        insert(runs)
        .values({name: bindparam(f"run_{name}") for name in ACCEPTED})
        .on_conflict_do_nothing()
        .returning(runs.c.id)
        .cte("accepted")
    )
    # The run refers to it, which PostgreSQL looks at when the statement ends.
    opened = (
        insert(conversations)
        .from_select(CONVERSATION, select(*_values(conversations, "opened", CONVERSATION)).select_from(accepted))
        .returning(conversations.c.id)
        .cte("opened")
    )
    return select(accepted.c.id).add_cte(opened, appending(accepted))


def _follow() -> Select[Any]:
    given = [name for name in ACCEPTED if name != "parent_id"]
    accepted = (
        insert(runs)
        .from_select([*given, "parent_id"], select(*_values(runs, "run", given), _HELD.c.head_id))
        .on_conflict_do_nothing()
        .returning(runs.c.id, runs.c.conversation_id, runs.c.parent_id)
        .cte("accepted")
    )
    moved = (
        update(conversations)
        .where(conversations.c.id == accepted.c.conversation_id)
        .values(
            title=func.coalesce(func.nullif(conversations.c.title, ""), bindparam("wanted_title")),
            updated_at=bindparam("run_started_at"),
            head_id=accepted.c.id,
        )
        .returning(conversations.c.id)
        .cte("moved")
    )
    return select(accepted.c.parent_id).add_cte(moved)


def _complete() -> Select[Any]:
    owner = bindparam("wanted_owner", type_=Text)
    completed = (
        update(runs)
        .where(
            # True; it is counted for the sake of its lock.
            select(func.count()).select_from(_HELD).scalar_subquery().is_not(None),
            runs.c.id == bindparam("wanted_run"),
            runs.c.user_id == bindparam("owner_id"),
            or_(*(runs.c.state == state for state in UNFINISHED)),
            or_(owner.is_(None), runs.c.owner == owner),
        )
        .values({name: bindparam(f"completed_{name}") for name in (*RESULT, "cost_usd")})
        .returning(runs.c.id)
        .cte("completed")
    )
    touched = (
        update(conversations)
        .where(conversations.c.id == _HELD.c.id, exists(select(completed.c.id)))
        .values(updated_at=bindparam("completed_finished_at"))
        .returning(conversations.c.id)
        .cte("touched")
    )
    return select(completed.c.id).add_cte(touched, appending(completed))


OPEN: Final = Statement(_open())
FOLLOW: Final = Statement(_follow())
COMPLETE: Final = Statement(_complete())
