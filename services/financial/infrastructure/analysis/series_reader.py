"""Payments that may recur, from PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Numeric,
    Select,
    and_,
    any_,
    bindparam,
    case,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect, planning_anew
from services.financial.domain.account import AccountType
from services.financial.domain.analysis.bills import CardPayments
from services.financial.domain.analysis.subscriptions import Purchases
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.recurring import NEVER_RECURRING, Payment
from services.financial.domain.returned_payments import without_returned
from services.financial.infrastructure.analysis.lines import accounts_in
from services.financial.infrastructure.payee_names import payee_name
from services.financial.infrastructure.tables import accounts, transactions
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money

_T = transactions.c
# Three years of weeks, and some.
_MOST: Final = 170
_LEAST_OF_ONE_AMOUNT: Final = 5
# A coefficient of variation of 0.26, where 0.25 is accepted, and of 0.61 for what is metered, where 0.6 is.
_SQUARE_OF_VARIATION: Final = Decimal("0.0676")
_SQUARE_OF_METERED: Final = Decimal("0.3721")


class PostgresSeriesReader:
    """Implements SeriesReader; every read takes a connection of its own from the pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def candidates(
        self,
        user_id: UserId,
        since: date,
        currency: str,
        direction: Direction,
        account_ids: Collection[AccountId] | None = None,
    ) -> list[Payment]:
        """Count and spread by payee in one pass; only rows of those that can be regular leave the database."""
        wanted = accounts_in(user_id, currency)
        if account_ids is not None:
            wanted = wanted.where(accounts.c.id.in_(account_ids))
        query = _candidates(_lines(user_id, since, wanted, direction))
        async with planning_anew(self._engine) as connection:
            found = _payments(await connection.execute(query), currency)
            if direction is Direction.CREDIT or not found:
                return found
            back = await connection.execute(_given_back(_lines(user_id, since, wanted, Direction.CREDIT), found))
            return without_returned(found, _payments(back, currency))

    async def purchases(self, user_id: UserId, brands: Collection[str], since: date, currency: str) -> list[Purchases]:
        """One pass for all brands."""
        first_word = func.split_part(func.upper(_T.payee), " ", 1)
        query = (
            select(_T.payee, func.count(), func.max(_T.booked_on))
            .where(
                _T.user_id == user_id,
                _T.booked_on >= since,
                _T.amount < 0,
                _T.account_id.in_(accounts_in(user_id, currency)),
                first_word.in_(sorted(brands)),
            )
            .group_by(_T.payee)
            .order_by(_T.payee)
        )
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        return [Purchases(payee, count, last_on) for payee, count, last_on in rows]

    async def card_payments(self, user_id: UserId, since: date, currency: str) -> list[CardPayments]:
        """Credits to cards that are transfers."""
        a = accounts.c
        paid = and_(
            _T.account_id == a.id,
            _T.booked_on >= since,
            _T.amount > 0,
            _T.category == Category.TRANSFER.value,
        )
        query = (
            select(a.name, a.current_balance, func.array_agg(_T.booked_on.distinct()).filter(_T.booked_on.is_not(None)))
            .select_from(accounts.outerjoin(transactions, paid))
            .where(a.user_id == user_id, a.currency == currency, a.account_type == AccountType.CREDIT_CARD.value)
            .group_by(a.id)
            .order_by(a.name)
        )
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        return [
            CardPayments(name, tuple(sorted(days or ())), Money(max(-balance, 0 * balance), currency))
            for name, balance, days in rows
        ]

    async def daily_flows(self, account_ids: Collection[AccountId], since: date) -> dict[date, Decimal]:
        """Sum by day from the covering index."""
        query = (
            select(_T.booked_on, func.sum(_T.amount))
            .where(_T.account_id.in_(account_ids), _T.booked_on >= since)
            .group_by(_T.booked_on)
        )
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        return {row[0]: row[1] for row in rows}


def _payments(rows: Iterable[Any], currency: str) -> list[Payment]:
    return [Payment(day, Money(amount, currency), payee, Category(category)) for day, amount, payee, category in rows]


def _given_back(lines: CTE, paid: Sequence[Payment]) -> Select[Any]:
    """What came in of the amounts that were paid; from whom is for the domain to compare.

    The amounts are one array: a parameter for each would be too many.
    """
    columns = lines.c.booked_on, lines.c.amount, lines.c.payee, lines.c.category
    amounts = bindparam("amounts", list({one.amount.amount for one in paid}), ARRAY(Numeric))
    return select(*columns).where(lines.c.amount == any_(amounts))


def _candidates(lines: CTE) -> Select[Any]:
    lines = _named(lines)
    amounts = (
        select(
            lines.c.name,
            lines.c.amount,
            func.count().label("n"),
            func.bool_and(lines.c.category == Category.UTILITIES.value).label("metered"),
        )
        .group_by(lines.c.name, lines.c.amount)
        .cte("amounts")
    )
    alone = select(amounts.c.name, amounts.c.amount).where(amounts.c.n.between(_LEAST_OF_ONE_AMOUNT, _MOST))
    of_regular_payee = lines.c.name.in_(select(_regular(amounts).c.name))
    of_regular_amount = tuple_(lines.c.name, lines.c.amount).in_(alone)
    return (
        select(lines.c.booked_on, lines.c.amount, lines.c.payee, lines.c.category)
        .where(or_(of_regular_payee, of_regular_amount))
        .order_by(lines.c.booked_on, lines.c.amount, lines.c.payee)
    )


def _named(lines: CTE) -> CTE:
    """The lines with the name of their payee, made once for each spelling.

    Looked up in a map and not joined: of a person who has just imported the planner knows nothing, and nests loops.
    """
    keys = select(lines.c.key).distinct().subquery("keys")
    names = select(func.jsonb_object_agg(keys.c.key, payee_name(keys.c.key))).scalar_subquery()
    return select(lines, names.op("->>")(lines.c.key).label("name")).cte("named")


def _lines(user_id: UserId, since: date, wanted: Select[Any], direction: Direction) -> CTE:
    size: ColumnElement[Any] = func.abs(_T.amount)
    return (
        select(func.lower(_T.payee).label("key"), _T.payee, _T.category, _T.booked_on, size.label("amount"))
        .where(
            _T.user_id == user_id,
            _T.booked_on >= since,
            _T.type == direction.value,
            _T.amount != 0,
            _T.category.not_in([category.value for category in NEVER_RECURRING]),
            _T.account_id.in_(wanted),
        )
        .cte("lines")
    )


def _regular(amounts: CTE) -> Any:
    """Payees whose amounts are few, or near each other: a little more than what the domain accepts as steady."""
    n, a = amounts.c.n, amounts.c.amount
    spread = (
        select(
            amounts.c.name,
            func.sum(n).label("n"),
            func.count().label("kinds"),
            (func.sum(a * n) / func.sum(n)).label("mean"),
            (func.sum(a * a * n) / func.sum(n)).label("square"),
            case((func.bool_and(amounts.c.metered), _SQUARE_OF_METERED), else_=_SQUARE_OF_VARIATION).label("most"),
        )
        .group_by(amounts.c.name)
        .subquery("spread")
    )
    s = spread.c
    few_amounts = s.kinds <= 2 + s.n / 6
    near = s.square - s.mean * s.mean <= s.mean * s.mean * s.most
    return select(s.name).where(s.n.between(2, _MOST), or_(few_amounts, near)).subquery("regular")
