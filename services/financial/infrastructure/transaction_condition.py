"""Which transactions are meant, as SQL.

A split transaction is meant by a category when one of its parts is. Its row has the category of its largest part, so
that the row's own category alone misses only what the smaller parts say.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Column, ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.filters import TransactionFilter
from services.financial.infrastructure.records.tables import transaction_parts
from services.financial.infrastructure.tables import accounts, transactions

_T = transactions.c
_P = transaction_parts.c
_SIZE = func.abs(_T.amount)


async def condition(connection: AsyncConnection, wanted: TransactionFilter) -> ColumnElement[bool]:
    """All that is asked for; a split transaction is looked at by its parts."""
    if wanted.categories is None and wanted.own_category_ids is None:
        return whole_condition(wanted)
    by_own_category = category_condition(wanted, _T.category, _T.own_category_id)
    ids = await _split_ids(connection, wanted)
    if ids:
        by_own_category = or_(by_own_category, _T.id.in_(ids))
    return and_(whole_condition(wanted), by_own_category)


def category_condition(
    wanted: TransactionFilter, category: Column[str], own_category_id: Column[UUID]
) -> ColumnElement[bool]:
    """What is asked of the category, of a row or of a part."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.categories is not None:
        conditions.append(category.in_([one.value for one in wanted.categories]))
    if wanted.own_category_ids is not None:
        conditions.append(own_category_id.in_(list(wanted.own_category_ids)))
    return and_(True, *conditions)


def whole_condition(wanted: TransactionFilter) -> ColumnElement[bool]:
    """What is asked of everything but the category."""
    conditions: list[ColumnElement[bool]] = [_T.user_id == wanted.user_id, *within(wanted)]
    if wanted.account_id is not None:
        conditions.append(_T.account_id == wanted.account_id)
    if wanted.direction is not None:
        conditions.append(_T.type == wanted.direction.value)
    if wanted.tags:
        # The second condition lets the partial index serve the first.
        conditions += [_T.tags.contains(sorted(wanted.tags)), _T.tags != []]
    return and_(*conditions, *_exact_text(wanted), *_size_conditions(wanted))


def within(wanted: TransactionFilter) -> list[ColumnElement[bool]]:
    """On the days that are asked for."""
    conditions = []
    if wanted.start is not None:
        conditions.append(_T.booked_on >= wanted.start)
    if wanted.end is not None:
        conditions.append(_T.booked_on <= wanted.end)
    return conditions


def in_currency(wanted: TransactionFilter, currency: str) -> ColumnElement[bool]:
    """On an account in this currency."""
    own = select(accounts.c.id).where(accounts.c.user_id == wanted.user_id, accounts.c.currency == currency)
    return _T.account_id.in_(own)


async def _split_ids(connection: AsyncConnection, wanted: TransactionFilter) -> list[UUID]:
    """The split transactions that have such a part: people split few, so they are looked up first."""
    parts = select(_P.transaction_id).distinct().where(_P.user_id == wanted.user_id)
    parts = parts.where(category_condition(wanted, _P.category, _P.own_category_id))
    return list((await connection.execute(parts)).scalars())


def text_conditions(wanted: TransactionFilter, *, long: bool = False) -> list[ColumnElement[bool]]:
    """What is asked of the searched text, of the row itself where it `is_long`; a payee is part of that text."""
    searched = func.lower(searched_text()) if long else _T.search_text
    asked = [text for text in (wanted.text, wanted.payee) if text is not None]
    return [searched.contains(func.lower(_escaped(text)), escape="/") for text in asked]


def is_long() -> ColumnElement[bool]:
    """Whether the searched text is too long for the index."""
    return _T.search_text.is_(None)


def searched_text() -> ColumnElement[str]:
    """What a search looks in."""
    return _T.payee + func.chr(1) + _T.narration + func.chr(1) + _T.note


def _exact_text(wanted: TransactionFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.payee is not None:
        conditions.append(_T.payee.icontains(wanted.payee, autoescape=True))
    if wanted.text is not None:
        text = replace(wanted, payee=None)
        conditions.append(or_(*text_conditions(text), and_(is_long(), *text_conditions(text, long=True))))
    return conditions


def _escaped(wanted: str) -> str:
    """With the signs of LIKE as themselves."""
    return wanted.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _size_conditions(wanted: TransactionFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.min_amount is not None:
        conditions.append(wanted.min_amount <= _SIZE)
    if wanted.max_amount is not None:
        conditions.append(wanted.max_amount >= _SIZE)
    if wanted.currency is not None:
        conditions.append(in_currency(wanted, wanted.currency))
    return conditions
