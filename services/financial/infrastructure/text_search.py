"""Pages of a search for text, along the index of days, which holds the text: rows are read only of what is found.

It goes some days at a time. A planner that expects to find little would rather read a whole table than walk an index;
whatever it does with a span of days costs no more than the span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import CTE, ColumnElement, RowMapping, Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.filters import TransactionFilter
from services.financial.infrastructure.mappers import select_transactions
from services.financial.infrastructure.rollups.sums import Span
from services.financial.infrastructure.tables import accounts, transactions
from services.financial.infrastructure.transaction_condition import condition, is_long, text_conditions, within
from services.shared.domain.ids import UserId

# So many rows of an index are passed in a few milliseconds; each further span is some times longer.
_FIRST_ROWS: Final = 20_000
_GROWTH: Final = 4
_T = transactions.c


async def search_page(
    connection: AsyncConnection, wanted: TransactionFilter, limit: int, behind: ColumnElement[bool], *, newest: bool
) -> Sequence[RowMapping]:
    """The first rows that are meant, by day and id: the newest first, or the oldest."""
    order = (_T.booked_on.desc(), _T.id.desc()) if newest else (_T.booked_on, _T.id)
    meant = await condition(connection, wanted)
    rows: list[RowMapping] = []
    for span in await _spans(connection, wanted, newest=newest):
        left = limit - len(rows)
        found = _found(replace(wanted, start=span.start, end=span.end), behind, order, left)
        query = select_transactions().where(_T.id.in_(select(found.c.id)), meant)
        rows += (await connection.execute(query.order_by(*order).limit(left))).mappings().all()
        if len(rows) >= limit:
            break
    return rows


def _found(
    wanted: TransactionFilter, behind: ColumnElement[bool], order: Sequence[ColumnElement[Any]], limit: int
) -> CTE:
    """The ids of what has the text, from indexes alone; no more than the page needs where nothing else is asked for."""
    here = (_T.user_id == wanted.user_id, *within(wanted), behind)
    parts = [
        select(_T.id).where(*here, *text_conditions(wanted)),
        select(_T.id).where(*here, is_long(), *text_conditions(wanted, long=True)),
    ]
    if _is_only_text(wanted):
        parts = [select(part.order_by(*order).limit(limit).subquery().c.id) for part in parts]
    return union_all(*parts).cte("found").prefix_with("MATERIALIZED", dialect="postgresql")


def _is_only_text(wanted: TransactionFilter) -> bool:
    plain = TransactionFilter(user_id=wanted.user_id, start=wanted.start, end=wanted.end, text=wanted.text)
    return wanted == plain


async def _spans(connection: AsyncConnection, wanted: TransactionFilter, *, newest: bool) -> Iterator[Span]:
    first, last, count = await _recorded(connection, wanted.user_id)
    if first is None or last is None:
        return iter(())
    days = max((last - first).days * _FIRST_ROWS // max(count, 1), 1)
    return walk(max(first, wanted.start or first), min(last, wanted.end or last), days, newest=newest)


def walk(first: date, last: date, days: int, *, newest: bool) -> Iterator[Span]:
    """The days from `first` to `last`, each once, in spans of so many days and then of ever more."""
    while first <= last:
        length = timedelta(days=min(days, (last - first).days + 1) - 1)
        yield Span(last - length, last) if newest else Span(first, first + length)
        if newest:
            last -= length + timedelta(days=1)
        else:
            first += length + timedelta(days=1)
        days *= _GROWTH


async def _recorded(connection: AsyncConnection, user_id: UserId) -> tuple[date | None, date | None, int]:
    a = accounts.c
    query: Select[Any] = select(
        func.min(a.first_transaction_on), func.max(a.last_transaction_on), func.sum(a.transaction_count)
    ).where(a.user_id == user_id)
    first, last, count = (await connection.execute(query)).one()
    return first, last, int(count or 0)
