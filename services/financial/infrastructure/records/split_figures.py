"""What splits change in figures that were summed from whole transactions.

As a bookkeeper would: an entry that takes the whole off its category, and one for each part. The sums over whole
transactions stay what they are, so that no index and no total kept beforehand has to know of splits.
"""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ColumnElement, FromClause, Text, cast, distinct, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.infrastructure.records.tables import own_categories, transaction_parts
from services.financial.infrastructure.tables import accounts, transactions
from services.financial.infrastructure.transaction_condition import (
    category_condition,
    in_currency,
    whole_condition,
)

_T = transactions.c
_P = transaction_parts.c
_KEYS: dict[Grouping, ColumnElement[str]] = {
    Grouping.PAYEE: _T.payee,
    Grouping.MONTH: func.to_char(_T.booked_on, "YYYY-MM"),
    Grouping.ACCOUNT: cast(_T.account_id, Text),
    Grouping.NONE: literal(""),
}


def group_key(grouping: Grouping, *, of_parts: bool = False) -> ColumnElement[str]:
    """What rows are grouped by; by own category over the rows of `source`."""
    category = _P.category if of_parts else _T.category
    if grouping is Grouping.CATEGORY:
        return category
    if grouping is Grouping.OWN_CATEGORY:
        return func.coalesce(own_categories.c.name, category)
    return _KEYS[grouping]


def source(grouping: Grouping, *, of_parts: bool = False) -> FromClause:
    """Transactions, with their parts when those are grouped, and with own categories where the grouping needs them."""
    rows: FromClause = transactions
    if of_parts:
        rows = rows.join(transaction_parts, _P.transaction_id == _T.id)
    if grouping is not Grouping.OWN_CATEGORY:
        return rows
    return rows.outerjoin(own_categories, own_categories.c.id == (_P if of_parts else _T).own_category_id)


def splits_matter(wanted: TransactionFilter, grouping: Grouping = Grouping.NONE) -> bool:
    """Whether it makes a difference: parts add up to the whole, so it does only where categories are told apart."""
    by_category = grouping in (Grouping.CATEGORY, Grouping.OWN_CATEGORY)
    return by_category or wanted.categories is not None or wanted.own_category_ids is not None


async def split_totals(
    connection: AsyncConnection, wanted: TransactionFilter, grouping: Grouping, currency: str
) -> list[tuple[str, Decimal, int]]:
    """By group, what to add to the sum and to the count of whole transactions."""
    here = (_T.is_split, whole_condition(wanted), in_currency(wanted, currency))
    whole, part = group_key(grouping), group_key(grouping, of_parts=True)
    off = (
        select(whole, -func.sum(_T.amount), -func.count())
        .select_from(source(grouping))
        .where(*here, category_condition(wanted, _T.category, _T.own_category_id))
        .group_by(whole)
    )
    on = (
        select(part, func.sum(_P.amount), func.count())
        .select_from(source(grouping, of_parts=True))
        .where(*here, category_condition(wanted, _P.category, _P.own_category_id))
        .group_by(part)
    )
    return [(key, amount, count) for key, amount, count in await connection.execute(off.union_all(on))]


async def split_match_totals(
    connection: AsyncConnection, wanted: TransactionFilter
) -> list[tuple[str, int, Decimal, Decimal]]:
    """By currency, what to add to the count of matching transactions, and to their debits and credits."""
    off = (
        select(accounts.c.currency, -func.count(), _debit(-_T.amount), _credit(-_T.amount))
        .select_from(transactions.join(accounts, accounts.c.id == _T.account_id))
        .where(_T.is_split, whole_condition(wanted), category_condition(wanted, _T.category, _T.own_category_id))
        .group_by(accounts.c.currency)
    )
    on = (
        select(accounts.c.currency, func.count(distinct(_T.id)), _debit(_P.amount), _credit(_P.amount))
        .select_from(source(Grouping.NONE, of_parts=True).join(accounts, accounts.c.id == _T.account_id))
        .where(_T.is_split, whole_condition(wanted), category_condition(wanted, _P.category, _P.own_category_id))
        .group_by(accounts.c.currency)
    )
    return [(row[0], row[1], row[2], row[3]) for row in await connection.execute(off.union_all(on))]


def _debit(amount: ColumnElement[Decimal]) -> ColumnElement[Decimal]:
    return func.coalesce(-func.sum(amount).filter(_T.amount < 0), 0)


def _credit(amount: ColumnElement[Decimal]) -> ColumnElement[Decimal]:
    return func.coalesce(func.sum(amount).filter(_T.amount > 0), 0)
