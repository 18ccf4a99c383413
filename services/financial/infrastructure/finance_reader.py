"""Figures from PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import ColumnElement, bindparam, func, select, true, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from data.statements import Statement
from data.transactions import connect, planning_anew
from services.financial.application.readers import MatchTotals, PageKey
from services.financial.domain.balances import AccountStanding
from services.financial.domain.filters import Grouping, Sort, TransactionFilter
from services.financial.domain.period import Period
from services.financial.domain.summary import GroupTotal, by_one_spelling
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.mappers import select_transactions, to_account, to_transaction
from services.financial.infrastructure.reader_queries import matches_query, standings_query, totals_query
from services.financial.infrastructure.records.split_figures import (
    split_match_totals,
    split_totals,
    splits_matter,
)
from services.financial.infrastructure.rollups.sums import summable
from services.financial.infrastructure.tables import accounts, transactions
from services.financial.infrastructure.text_search import search_page
from services.financial.infrastructure.transaction_condition import condition
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money

_T = transactions.c
_SIZE = func.abs(_T.amount)

# Statements of every turn are made once: making one costs as much as running it.
_OWN: Final = (
    select(accounts)
    .where(accounts.c.user_id == bindparam("owner_id"))
    .order_by(func.lower(accounts.c.name), accounts.c.id)
)
_STANDINGS: Final = Statement(_OWN)
_STANDING: Final = Statement(_OWN.where(accounts.c.id == bindparam("account_id")))
_DAYS: Final = Statement(
    select(
        func.min(accounts.c.first_transaction_on).label("first"), func.max(accounts.c.last_transaction_on).label("last")
    ).where(accounts.c.user_id == bindparam("owner_id"))
)


class PostgresFinanceReader:
    """Implements FinanceReader; every read takes a connection of its own from the pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def standing(self, user_id: UserId, account_id: AccountId) -> AccountStanding | None:
        """Read the running figures of one row."""
        found = await self._standings(_STANDING, owner_id=user_id, account_id=account_id)
        return found[0] if found else None

    async def standings(self, user_id: UserId, as_of: date | None = None) -> list[AccountStanding]:
        """Read the running figures; for a day, take off what came later, in the same statement."""
        if as_of is None:
            return await self._standings(_STANDINGS, owner_id=user_id)
        async with connect(self._engine) as connection:
            rows = (await connection.execute(standings_query(user_id, as_of))).mappings().all()
        return [
            AccountStanding(
                account=to_account(row),
                balance=Money(row["current_balance"] - row["undone"], row["currency"]),
                last_transaction_on=row["last_day"],
                transactions=row["transaction_count"] - int(row["undone_count"]),
            )
            for row in rows
        ]

    async def _standings(self, query: Statement, **whose: object) -> list[AccountStanding]:
        rows = await query.rows(self._engine, whose)
        return [
            AccountStanding(
                account=to_account(row),
                balance=Money(row["current_balance"], row["currency"]),
                last_transaction_on=row["last_transaction_on"],
                transactions=row["transaction_count"],
            )
            for row in rows
        ]

    async def recorded_period(self, user_id: UserId) -> Period | None:
        """Read the days that the accounts keep."""
        (days,) = await _DAYS.rows(self._engine, {"owner_id": user_id})
        return None if days["first"] is None else Period(days["first"], days["last"])

    async def totals(self, wanted: TransactionFilter, grouping: Grouping, currency: str) -> list[GroupTotal]:
        """From sums by month where the filter allows it, else from the rows; then enter the splits."""
        query = totals_query(wanted, grouping, currency)
        reading = connect if summable(wanted, grouping) else planning_anew
        async with reading(self._engine) as connection:
            rows = [(key, amount, count) for key, amount, count in await connection.execute(query) if count]
            if splits_matter(wanted, grouping):
                rows += await split_totals(connection, wanted, grouping, currency)
        totals = _group_totals(rows, currency)
        return by_one_spelling(totals) if grouping is Grouping.PAYEE else totals

    async def match_totals(self, wanted: TransactionFilter) -> dict[str, MatchTotals]:
        """Count and sum in one pass; then enter the splits."""
        query = matches_query(wanted)
        reading = connect if summable(wanted) else planning_anew
        async with reading(self._engine) as connection:
            rows = [(row[0], row[1], row[2], row[3]) for row in await connection.execute(query)]
            if splits_matter(wanted):
                rows += await split_match_totals(connection, wanted)
        return _match_totals(rows)

    async def page(
        self, wanted: TransactionFilter, sort: Sort, limit: int, after: PageKey | None = None
    ) -> Sequence[Transaction]:
        """Walk the index behind the last row that was seen."""
        if sort is not Sort.LARGEST and (wanted.text is not None or wanted.payee is not None):
            behind = true() if after is None else _behind(sort, after)
            async with connect(self._engine) as connection:
                found = await search_page(connection, wanted, limit, behind, newest=sort is Sort.NEWEST)
            return [to_transaction(row) for row in found]
        query = select_transactions()
        size_or_day = _SIZE if sort is Sort.LARGEST else _T.booked_on
        if sort is Sort.OLDEST:
            query = query.order_by(size_or_day, _T.id)
        else:
            query = query.order_by(size_or_day.desc(), _T.id.desc())
        if after is not None:
            query = query.where(_behind(sort, after))
        async with connect(self._engine) as connection:
            query = query.where(await condition(connection, wanted))
            rows = (await connection.execute(query.limit(limit))).mappings().all()
        return [to_transaction(row) for row in rows]

    async def since(self, user_id: UserId, start: date) -> list[Transaction]:
        """Read whole rows, oldest first."""
        query = select_transactions().where(_T.user_id == user_id, _T.booked_on >= start)
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query.order_by(_T.booked_on, _T.id))).mappings().all()
        return [to_transaction(row) for row in rows]


def _group_totals(rows: list[tuple[str, Decimal, int]], currency: str) -> list[GroupTotal]:
    """The rows of each key together, in the order of the keys, without what has come to nothing at all."""
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    counts: dict[str, int] = defaultdict(int)
    for key, amount, count in rows:
        amounts[key] += amount
        counts[key] += count
    return [GroupTotal(key, Money(amounts[key], currency), counts[key]) for key in sorted(amounts) if counts[key]]


def _match_totals(rows: list[tuple[str, int, Decimal, Decimal]]) -> dict[str, MatchTotals]:
    found: dict[str, MatchTotals] = {}
    for currency, count, debit, credit in rows:
        zero = Money.zero(currency)
        known = found.get(currency, MatchTotals(0, zero, zero))
        found[currency] = MatchTotals(
            known.count + count, known.debit + Money(debit, currency), known.credit + Money(credit, currency)
        )
    return {currency: totals for currency, totals in found.items() if totals.count}


def _behind(sort: Sort, after: PageKey) -> ColumnElement[bool]:
    by_day = tuple_(_T.booked_on, _T.id)
    match sort:
        case Sort.NEWEST:
            return by_day < (after.booked_on, after.transaction_id)
        case Sort.OLDEST:
            return by_day > (after.booked_on, after.transaction_id)
        case Sort.LARGEST:
            return tuple_(_SIZE, _T.id) < (after.size, after.transaction_id)
