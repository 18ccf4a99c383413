"""Sums by month, category and payee from PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    Row,
    Select,
    Text,
    and_,
    cast,
    func,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from data.transactions import connect, planning_anew
from services.financial.domain.analysis.cash_flow import MonthCategoryTotal
from services.financial.domain.analysis.comparison import Measure, Sides
from services.financial.domain.analysis.net_worth_series import MonthMovement
from services.financial.domain.category import Category
from services.financial.domain.period import Month, Period
from services.financial.infrastructure.analysis.lines import accounts_in, category_lines, split_lines
from services.financial.infrastructure.payee_names import payee_name, shortest
from services.financial.infrastructure.rollups.sums import Span, month_of, month_sums
from services.financial.infrastructure.tables import accounts
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money


class PostgresTotalsReader:
    """Implements TotalsReader; every read takes a connection of its own from the pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def movements_after(self, account_ids: Sequence[AccountId], day: date, currency: str) -> list[MonthMovement]:
        """From the sums by month, and the rows of the month that is not over on `day`."""
        own = select(accounts.c.id).where(accounts.c.id.in_(account_ids))
        sums = month_sums(own, Span(day + timedelta(days=1))).c
        query = select(sums.account_id, sums.month, func.sum(sums.amount)).group_by(sums.account_id, sums.month)
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        return [MonthMovement(AccountId(row[0]), Month.of(row[1]), Money(row[2], currency)) for row in rows]

    async def by_month_and_category(self, user_id: UserId, period: Period, currency: str) -> list[MonthCategoryTotal]:
        """From the sums by month, and the rows of months that the period cuts; then what splits change."""
        sums = month_sums(accounts_in(user_id, currency), Span(period.start, period.end), user_id).c
        splits = split_lines(user_id, period.start, period.end, currency).c
        lines = union_all(
            select(sums.month, sums.category, sums.amount, sums.entries),
            select(month_of(splits.booked_on), splits.category, splits.amount, splits.entries),
        ).subquery("lines")
        month, category, amount, entries = lines.c
        query = (
            select(month, category, func.sum(amount), func.sum(entries))
            .group_by(month, category)
            .having(or_(func.sum(entries) != 0, func.sum(amount) != 0))
            .order_by(month, category)
        )
        async with connect(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        return [
            MonthCategoryTotal(Month.of(row[0]), Category(row[1]), Money(row[2], currency), int(row[3])) for row in rows
        ]

    async def sides(
        self, user_id: UserId, before: Period, after: Period, measure: Measure, currency: str, top: int
    ) -> tuple[list[Sides], list[Sides]]:
        """One statement, so that both lists are of one moment; only the largest movers leave the database."""
        query = _sides_query(user_id, before, after, measure, currency, top)
        async with planning_anew(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        categories = [_sides(row, currency) for row in rows if row.payee is None]
        return categories, [_sides(row, currency) for row in rows if row.payee is not None]


def _sides_query(
    user_id: UserId, before: Period, after: Period, measure: Measure, currency: str, top: int
) -> Select[Any]:
    start, end = min(before.start, after.start), max(before.end, after.end)
    lines = category_lines(user_id, start, end, currency).c
    first = and_(lines.booked_on >= before.start, lines.booked_on <= before.end)
    second = and_(lines.booked_on >= after.start, lines.booked_on <= after.end)
    spellings = (
        select(
            lines.category,
            lines.payee,
            func.coalesce(func.sum(lines.amount).filter(first), 0).label("before"),
            func.coalesce(func.sum(lines.amount).filter(second), 0).label("after"),
            func.coalesce(func.sum(lines.entries).filter(first), 0).label("count_before"),
            func.coalesce(func.sum(lines.entries).filter(second), 0).label("count_after"),
        )
        .where(lines.category.in_([category.value for category in measure.categories]), or_(first, second))
        .group_by(lines.category, lines.payee)
        # A transaction of which nothing is left in its category after a split.
        .having(or_(func.sum(lines.entries) != 0, func.sum(lines.amount) != 0))
        .cte("spellings")
    )
    p = _with_one_spelling(spellings).c
    movers = (
        select(p.category, p.payee, p.before, p.after, p.count_before, p.count_after)
        .order_by(func.abs(p.after - p.before).desc(), p.category, p.payee)
        .limit(top)
        .subquery()
    )
    sums = (func.sum(p.before), func.sum(p.after), func.sum(p.count_before), func.sum(p.count_after))
    categories = select(p.category, cast(null(), Text).label("payee"), *sums).group_by(p.category)
    both = union_all(categories, select(movers)).subquery()
    return select(*both.c)


def _with_one_spelling(spellings: CTE) -> CTE:
    """The same by the name of the payee, shown as it is in other sums."""
    s = spellings.c
    named = select(payee_name(s.payee).label("name"), *s).subquery("named").c
    sums = (func.sum(named[side]).label(side) for side in ("before", "after", "count_before", "count_after"))
    payee = shortest(named.payee).label("payee")
    return select(named.category, payee, *sums).group_by(named.category, named.name).cte("payees")


def _sides(row: Row[Any], currency: str) -> Sides:
    category, payee, before, after, count_before, count_after = tuple(row)
    return Sides(
        Category(category),
        payee,
        Money(before, currency),
        Money(after, currency),
        int(count_before),
        int(count_after),
    )
