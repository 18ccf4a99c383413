"""The statements behind PostgresFinanceReader's figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Subquery, Text, cast, func, literal, select

from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.infrastructure.records.split_figures import group_key, source
from services.financial.infrastructure.rollups.sums import Span, month_sums, own_accounts, summable
from services.financial.infrastructure.tables import accounts, transactions
from services.financial.infrastructure.transaction_condition import category_condition, in_currency, whole_condition
from services.shared.domain.ids import UserId

_T = transactions.c


def totals_query(wanted: TransactionFilter, grouping: Grouping, currency: str) -> Select[Any]:
    """Key, signed sum and count by group: from sums by month where the filter allows it, else from the rows."""
    return (_kept_totals if summable(wanted, grouping) else _scanned_totals)(wanted, grouping, currency)


def matches_query(wanted: TransactionFilter) -> Select[Any]:
    """Currency, count, what went out and what came in."""
    return (_kept_matches if summable(wanted) else _scanned_matches)(wanted)


def _scanned_totals(wanted: TransactionFilter, grouping: Grouping, currency: str) -> Select[Any]:
    key = group_key(grouping)
    columns: list[ColumnElement[Any]] = [key, func.sum(_T.amount), func.count()]
    query: Select[Any] = select(*columns).select_from(source(grouping))
    query = query.where(
        whole_condition(wanted),
        category_condition(wanted, _T.category, _T.own_category_id),
        in_currency(wanted, currency),
    )
    return query if grouping is Grouping.NONE else query.group_by(key)


def _kept_totals(wanted: TransactionFilter, grouping: Grouping, currency: str) -> Select[Any]:
    sums = _sums(wanted, currency)
    keys: dict[Grouping, ColumnElement[str]] = {
        Grouping.CATEGORY: sums.c.category,
        Grouping.MONTH: func.to_char(sums.c.month, "YYYY-MM"),
        Grouping.ACCOUNT: cast(sums.c.account_id, Text),
        Grouping.NONE: literal(""),
    }
    key = keys[grouping]
    columns: list[ColumnElement[Any]] = [key, func.sum(sums.c.amount), cast(func.sum(sums.c.entries), BigInteger)]
    query: Select[Any] = select(*columns).where(*_of_kind(wanted, sums))
    return query if grouping is Grouping.NONE else query.group_by(key)


def _scanned_matches(wanted: TransactionFilter) -> Select[Any]:
    out = func.coalesce(-func.sum(_T.amount).filter(_T.amount < 0), 0)
    into = func.coalesce(func.sum(_T.amount).filter(_T.amount > 0), 0)
    return (
        select(accounts.c.currency, func.count(), out, into)
        .select_from(transactions.join(accounts, accounts.c.id == _T.account_id))
        .where(whole_condition(wanted), category_condition(wanted, _T.category, _T.own_category_id))
        .group_by(accounts.c.currency)
    )


def _kept_matches(wanted: TransactionFilter) -> Select[Any]:
    sums = _sums(wanted)
    s = sums.c
    out = func.coalesce(-func.sum(s.amount).filter(s.type == Direction.DEBIT.value), 0)
    into = func.coalesce(func.sum(s.amount).filter(s.type == Direction.CREDIT.value), 0)
    return (
        select(accounts.c.currency, cast(func.sum(s.entries), BigInteger), out, into)
        .select_from(sums.join(accounts, accounts.c.id == s.account_id))
        .where(*_of_kind(wanted, sums))
        .group_by(accounts.c.currency)
    )


def _sums(wanted: TransactionFilter, currency: str | None = None) -> Subquery:
    return month_sums(own_accounts(wanted, currency), Span(wanted.start, wanted.end), wanted.user_id)


def _of_kind(wanted: TransactionFilter, sums: Subquery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.categories is not None:
        conditions.append(sums.c.category.in_([one.value for one in wanted.categories]))
    if wanted.direction is not None:
        conditions.append(sums.c.type == wanted.direction.value)
    return conditions


def standings_query(user_id: UserId, as_of: date) -> Select[Any]:
    """Accounts with what moved after the day (`undone`, `undone_count`) and their `last_day` until then."""
    own = select(accounts.c.id).where(accounts.c.user_id == user_id)
    sums = month_sums(own, Span(as_of + timedelta(days=1))).c
    later = (
        select(sums.account_id, func.sum(sums.amount).label("amount"), func.sum(sums.entries).label("entries"))
        .group_by(sums.account_id)
        .subquery("later")
    )
    last_day = (
        select(func.max(_T.booked_on))
        .where(_T.account_id == accounts.c.id, _T.booked_on <= as_of)
        .correlate(accounts)
        .scalar_subquery()
    )
    return (
        select(
            accounts,
            func.coalesce(later.c.amount, 0).label("undone"),
            func.coalesce(later.c.entries, 0).label("undone_count"),
            last_day.label("last_day"),
        )
        .select_from(accounts.outerjoin(later, later.c.account_id == accounts.c.id))
        .where(accounts.c.user_id == user_id)
        .order_by(func.lower(accounts.c.name), accounts.c.id)
    )
