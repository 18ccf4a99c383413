"""Parts of split transactions: rows to value objects and back."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, delete, func, insert, null, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.category import Category
from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.own_category import OwnCategoryRef
from services.financial.domain.records.parts import Part
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.records.tables import own_categories, transaction_parts
from services.financial.infrastructure.tables import transactions
from services.shared.domain.ids import TransactionId
from services.shared.domain.money import Money


def parts_column() -> ColumnElement[Any]:
    """A transaction's parts as JSON, amounts as text, under the name `parts`; null when it is not split."""
    p, own = transaction_parts.c, own_categories.c
    row = func.jsonb_build_array(cast(p.amount, Text), p.category, p.own_category_id, own.name, p.note)
    found = (
        select(func.jsonb_agg(aggregate_order_by(row, p.position)))
        .select_from(transaction_parts.outerjoin(own_categories, own.id == p.own_category_id))
        .where(p.transaction_id == transactions.c.id)
        .correlate(transactions)
        .scalar_subquery()
    )
    return case((transactions.c.is_split, found), else_=cast(null(), JSONB)).label("parts")


def to_parts(rows: Sequence[Sequence[Any]] | None, currency: str) -> tuple[Part, ...]:
    """The value objects in a `parts_column`."""
    return tuple(
        Part(
            amount=Money(Decimal(amount), currency),
            category=Category(category),
            own_category=to_ref(UUID(own_id) if own_id else None, own_name),
            note=note,
        )
        for amount, category, own_id, own_name, note in rows or ()
    )


def to_ref(own_id: UUID | None, name: str | None) -> OwnCategoryRef | None:
    """The own category when there is one."""
    return None if own_id is None or name is None else OwnCategoryRef(OwnCategoryId(own_id), name)


async def insert_parts(connection: AsyncConnection, split: Sequence[Transaction]) -> None:
    """Keep the parts of those that have some."""
    rows = [
        {
            "transaction_id": transaction.id,
            "position": position,
            "user_id": transaction.user_id,
            "amount": part.amount.amount,
            "category": part.category.value,
            "own_category_id": part.own_category.id if part.own_category else None,
            "note": part.note,
        }
        for transaction in split
        for position, part in enumerate(transaction.parts)
    ]
    if rows:
        await connection.execute(insert(transaction_parts), rows)


async def delete_parts(connection: AsyncConnection, ids: Sequence[TransactionId]) -> None:
    """Forget the parts of these transactions."""
    await connection.execute(delete(transaction_parts).where(transaction_parts.c.transaction_id.in_(ids)))
