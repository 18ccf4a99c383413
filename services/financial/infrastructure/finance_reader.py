"""Figures from PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Text, and_, cast, func, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect
from services.financial.application.readers import MatchTotals, PageKey
from services.financial.domain.balances import AccountStanding
from services.financial.domain.filters import Grouping, Sort, TransactionFilter
from services.financial.domain.period import Period
from services.financial.domain.summary import GroupTotal
from services.financial.domain.transaction import Transaction
from services.financial.infrastructure.mappers import select_transactions, to_account, to_transaction
from services.financial.infrastructure.tables import accounts, transactions
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money

_T = transactions.c
_SIZE = func.abs(_T.amount)
_GROUP_KEYS: dict[Grouping, ColumnElement[str]] = {
    Grouping.CATEGORY: _T.category,
    Grouping.PAYEE: _T.payee,
    Grouping.MONTH: func.to_char(_T.booked_on, "YYYY-MM"),
    Grouping.ACCOUNT: cast(_T.account_id, Text),
    Grouping.NONE: literal(""),
}


class PostgresFinanceReader:
    """Implements FinanceReader; every read takes a connection of its own from the pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def standing(self, user_id: UserId, account_id: AccountId) -> AccountStanding | None:
        """Read the running figures of one row."""
        found = await self._standings(accounts.c.user_id == user_id, accounts.c.id == account_id)
        return found[0] if found else None

    async def standings(self, user_id: UserId, as_of: date | None = None) -> list[AccountStanding]:
        """Read the running figures; for a day, take off what came later."""
        found = await self._standings(accounts.c.user_id == user_id)
        if as_of is None or all(s.last_transaction_on is None or s.last_transaction_on <= as_of for s in found):
            return found
        later = (
            select(_T.account_id, func.sum(_T.amount), func.count())
            .where(_T.account_id.in_([s.account.id for s in found]), _T.booked_on > as_of)
            .group_by(_T.account_id)
        )
        last_days = select(accounts.c.id, _last_day_until(as_of)).where(accounts.c.user_id == user_id)
        async with connect(self._engine) as connection:
            undone = {row[0]: (row[1], row[2]) for row in await connection.execute(later)}
            days = {row[0]: row[1] for row in await connection.execute(last_days)}
        result = []
        for standing in found:
            amount, count = undone.get(standing.account.id, (0, 0))
            balance = Money(standing.balance.amount - amount, standing.account.currency)
            day = days.get(standing.account.id)
            result.append(AccountStanding(standing.account, balance, day, standing.transactions - count))
        return result

    async def _standings(self, *conditions: ColumnElement[bool]) -> list[AccountStanding]:
        query = select(accounts).where(*conditions).order_by(func.lower(accounts.c.name), accounts.c.id)
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query)).mappings().all()
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
        query = select(func.min(accounts.c.first_transaction_on), func.max(accounts.c.last_transaction_on)).where(
            accounts.c.user_id == user_id
        )
        async with connect(self._engine) as connection:
            first, last = (await connection.execute(query)).one()
        return None if first is None else Period(first, last)

    async def totals(self, wanted: TransactionFilter, grouping: Grouping, currency: str) -> list[GroupTotal]:
        """Sum in the database, from a covering index where the filter allows it."""
        key = _GROUP_KEYS[grouping]
        query = select(key, func.sum(_T.amount), func.count()).where(_condition(wanted), _in_currency(wanted, currency))
        if grouping is not Grouping.NONE:
            query = query.group_by(key)
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        return sorted(
            (GroupTotal(key, Money(amount, currency), count) for key, amount, count in rows if count),
            key=lambda total: total.key,
        )

    async def match_totals(self, wanted: TransactionFilter) -> dict[str, MatchTotals]:
        """Count and sum in one pass."""
        out = func.coalesce(-func.sum(_T.amount).filter(_T.amount < 0), 0)
        into = func.coalesce(func.sum(_T.amount).filter(_T.amount > 0), 0)
        query = (
            select(accounts.c.currency, func.count(), out, into)
            .select_from(transactions.join(accounts, accounts.c.id == _T.account_id))
            .where(_condition(wanted))
            .group_by(accounts.c.currency)
        )
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        return {
            currency: MatchTotals(count, Money(debit, currency), Money(credit, currency))
            for currency, count, debit, credit in rows
        }

    async def page(
        self, wanted: TransactionFilter, sort: Sort, limit: int, after: PageKey | None = None
    ) -> Sequence[Transaction]:
        """Walk the index behind the last row that was seen."""
        query = select_transactions().where(_condition(wanted))
        size_or_day = _SIZE if sort is Sort.LARGEST else _T.booked_on
        if sort is Sort.OLDEST:
            query = query.order_by(size_or_day, _T.id)
        else:
            query = query.order_by(size_or_day.desc(), _T.id.desc())
        if after is not None:
            query = query.where(_behind(sort, after))
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query.limit(limit))).mappings().all()
        return [to_transaction(row) for row in rows]

    async def since(self, user_id: UserId, start: date) -> list[Transaction]:
        """Read whole rows, oldest first."""
        query = select_transactions().where(_T.user_id == user_id, _T.booked_on >= start)
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query.order_by(_T.booked_on, _T.id))).mappings().all()
        return [to_transaction(row) for row in rows]


def _behind(sort: Sort, after: PageKey) -> ColumnElement[bool]:
    by_day = tuple_(_T.booked_on, _T.id)
    match sort:
        case Sort.NEWEST:
            return by_day < (after.booked_on, after.transaction_id)
        case Sort.OLDEST:
            return by_day > (after.booked_on, after.transaction_id)
        case Sort.LARGEST:
            return tuple_(_SIZE, _T.id) < (after.size, after.transaction_id)


def _last_day_until(as_of: date) -> ColumnElement[date | None]:
    return (
        select(func.max(_T.booked_on))
        .where(_T.account_id == accounts.c.id, _T.booked_on <= as_of)
        .correlate(accounts)
        .scalar_subquery()
    )


def _in_currency(wanted: TransactionFilter, currency: str) -> ColumnElement[bool]:
    own = select(accounts.c.id).where(accounts.c.user_id == wanted.user_id, accounts.c.currency == currency)
    return _T.account_id.in_(own)


def _condition(wanted: TransactionFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [_T.user_id == wanted.user_id]
    if wanted.start is not None:
        conditions.append(_T.booked_on >= wanted.start)
    if wanted.end is not None:
        conditions.append(_T.booked_on <= wanted.end)
    if wanted.categories is not None:
        conditions.append(_T.category.in_([category.value for category in wanted.categories]))
    if wanted.account_id is not None:
        conditions.append(_T.account_id == wanted.account_id)
    if wanted.direction is not None:
        conditions.append(_T.type == wanted.direction.value)
    return and_(*conditions, *_text_conditions(wanted), *_size_conditions(wanted))


def _text_conditions(wanted: TransactionFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.payee is not None:
        conditions.append(_T.payee.icontains(wanted.payee, autoescape=True))
    if wanted.text is not None:
        in_payee = _T.payee.icontains(wanted.text, autoescape=True)
        conditions.append(or_(in_payee, _T.narration.icontains(wanted.text, autoescape=True)))
    return conditions


def _size_conditions(wanted: TransactionFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.min_amount is not None:
        conditions.append(wanted.min_amount <= _SIZE)
    if wanted.max_amount is not None:
        conditions.append(wanted.max_amount >= _SIZE)
    if wanted.currency is not None:
        conditions.append(_in_currency(wanted, wanted.currency))
    return conditions
