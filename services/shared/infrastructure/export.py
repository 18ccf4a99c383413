"""Exporting what is kept of a person: each context names its tables, and what of them stays behind."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, LargeBinary, Numeric, Select, Table, Text, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.shared.domain.ids import UserId

_ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Exported:
    """A table whose rows are handed to their owner, under the names of its columns.

    Bytes always stay behind: they are hashes and sealed secrets. `without` names what else does. A table without a
    `user_id` is its owner's through the table that it refers to.
    """

    table: Table
    without: frozenset[str] = frozenset()

    def rows_of(self, user_id: UserId) -> Select[str]:
        """The person's rows, each as a JSON object; decimals are texts, as everywhere."""
        told = [_told(column) for column in self.table.columns if self._is_told(column)]
        owner, parent = _owner_of(self.table)
        rows = select(*told).where(owner == user_id).order_by(*self.table.primary_key.columns)
        if parent is not None:
            rows = rows.select_from(self.table.join(parent))
        row = rows.subquery("exported")
        return select(cast(func.row_to_json(row.table_valued()), Text))

    def _is_told(self, column: Column[Any]) -> bool:
        return column.name not in self.without and not isinstance(column.type, LargeBinary)


async def exported_rows(
    connection: AsyncConnection, exported: Exported, user_id: UserId
) -> AsyncIterator[Sequence[str]]:
    """The rows in batches, by a cursor: no more than one of them is held."""
    query = exported.rows_of(user_id).execution_options(yield_per=_ROWS_AT_ONCE)
    async with connection.stream(query) as rows:
        async for batch in rows.scalars().partitions():
            yield batch


def _told(column: Column[Any]) -> Any:
    return cast(column, Text).label(column.name) if isinstance(column.type, Numeric) else column


def _owner_of(table: Table) -> tuple[Column[Any], Table | None]:
    """The column with the owner, and the table to look it up in where it is another."""
    if "user_id" in table.columns:
        return table.c.user_id, None
    for key in table.foreign_keys:
        if "user_id" in key.column.table.columns:
            return key.column.table.c.user_id, key.column.table
    # The users themselves.
    return table.c.id, None
