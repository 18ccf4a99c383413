"""A person's own categories in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import RowMapping, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.category import Category
from services.financial.domain.errors import OwnCategoryExistsError
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.own_category import OwnCategory
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.mappers import select_transactions, to_transaction
from services.financial.infrastructure.records.tables import own_categories, transaction_parts
from services.financial.infrastructure.tables import category_rules, transactions
from services.shared.domain.ids import UserId

_C = own_categories.c


class PostgresOwnCategoryRepository:
    """Implements OwnCategoryRepository on one connection; `on_recorded` is told what moved with a category."""

    def __init__(
        self, connection: AsyncConnection, on_recorded: Callable[[Sequence[Transaction]], None] = lambda _: None
    ) -> None:
        self._connection = connection
        self._on_recorded = on_recorded

    async def add(self, category: OwnCategory) -> None:
        """Insert the row; the unique index on the name speaks as OwnCategoryExistsError."""
        values = {column.name: getattr(category, column.name) for column in _C}
        with _names_are_unique(category.name):
            await self._connection.execute(insert(own_categories).values(values | {"parent": category.parent.value}))

    async def get(self, user_id: UserId, category_id: OwnCategoryId) -> OwnCategory | None:
        """Read the row if it is this person's."""
        query = select(own_categories).where(_C.id == category_id, _C.user_id == user_id)
        row = (await self._connection.execute(query)).mappings().one_or_none()
        return None if row is None else to_own_category(row)

    async def list(self, user_id: UserId) -> list[OwnCategory]:
        """Read the rows by name."""
        query = select(own_categories).where(_C.user_id == user_id).order_by(func.lower(_C.name), _C.id)
        return [to_own_category(row) for row in (await self._connection.execute(query)).mappings()]

    async def save(self, category: OwnCategory) -> None:
        """Update the row, and the built-in category of all that it holds."""
        parent = category.parent.value
        with _names_are_unique(category.name):
            await self._connection.execute(
                update(own_categories).where(_C.id == category.id).values(name=category.name, parent=parent)
            )
        for table in (transaction_parts, category_rules):
            held = (table.c.own_category_id == category.id, table.c.category != parent)
            await self._connection.execute(update(table).where(*held).values(category=parent))
        moving = (transactions.c.own_category_id == category.id, transactions.c.category != parent)
        moved = update(transactions).where(*moving).values(category=parent).returning(transactions.c.id)
        if (await self._connection.execute(moved)).first() is not None:
            query = select_transactions().where(transactions.c.own_category_id == category.id)
            self._on_recorded([to_transaction(row) for row in (await self._connection.execute(query)).mappings()])

    async def delete(self, category_id: OwnCategoryId) -> None:
        """Delete the row; the foreign keys let go of it."""
        await self._connection.execute(delete(own_categories).where(_C.id == category_id))


def to_own_category(row: RowMapping) -> OwnCategory:
    """The entity in a row of `own_categories`."""
    return OwnCategory(**dict(row) | {"parent": Category(row["parent"])})


@contextmanager
def _names_are_unique(name: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "uq_own_categories_name" in str(error.orig):
            raise OwnCategoryExistsError(name) from error
        raise
