"""Reading a whole table in the order of its ids, a page at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Table, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.shared.domain.ids import UserId

PAGE_ROWS: Final = 2000


async def pages(
    engine: AsyncEngine, query: Select[Any], key: ColumnElement[UUID], *conditions: ColumnElement[bool]
) -> AsyncIterator[Sequence[Row[Any]]]:
    """The rows of the query by `key`, a column named `id` in it; no transaction stays open between pages."""
    after = UUID(int=0)
    ordered = query.where(*conditions).order_by(key).limit(PAGE_ROWS)
    while True:
        async with engine.connect() as connection:
            rows = (await connection.execute(ordered.where(key > after))).all()
        if not rows:
            return
        yield rows
        after = rows[-1].id


async def count_rows(engine: AsyncEngine, table: Table, *conditions: ColumnElement[bool]) -> int:
    """How many rows there are."""
    async with engine.connect() as connection:
        return int((await connection.execute(select(func.count()).select_from(table).where(*conditions))).scalar_one())


def of_user(column: ColumnElement[Any], user_id: UserId | None) -> tuple[ColumnElement[bool], ...]:
    """The condition that a row is this person's; none for everybody."""
    return () if user_id is None else (column == user_id,)
