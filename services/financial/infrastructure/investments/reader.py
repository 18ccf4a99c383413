"""Investments read from PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, Select, and_, bindparam, or_, select, true, tuple_
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from data.transactions import connect
from services.financial.application.investments.readers import AccountLabel, InvestmentPageKey, Portfolio
from services.financial.domain.investments.holding import Holding, HoldingSnapshot
from services.financial.domain.investments.instrument import AssetClass, Instrument, InstrumentId
from services.financial.domain.investments.positions import PriceSource, Quote
from services.financial.domain.investments.transaction import InvestmentTransaction
from services.financial.infrastructure.investments.mappers import to_holding, to_instrument, to_investment
from services.financial.infrastructure.investments.tables import (
    fund_navs,
    fund_schemes,
    holding_snapshots,
    holdings,
    instruments,
    investment_transactions,
    target_allocations,
)
from services.financial.infrastructure.tables import accounts
from services.shared.domain.ids import AccountId, UserId

_T = investment_transactions.c
_S = holding_snapshots.c
# Every figure of what a person is worth asks these two, so they are made once.
_TRADES: Final = (
    select(investment_transactions)
    .where(_T.user_id == bindparam("owner_id"), _T.traded_on <= bindparam("day"))
    .order_by(_T.traded_on, _T.id)
)
_SNAPSHOTS: Final = (
    select(holding_snapshots)
    .where(_S.user_id == bindparam("owner_id"), _S.as_of <= bindparam("day"))
    .ext(postgresql.distinct_on(_S.account_id))
    .order_by(_S.account_id, _S.as_of.desc())
)
_PERCENT: Final = Decimal("0.01")


class PostgresInvestmentReader:
    """Implements InvestmentReader; every read takes a connection of its own from the pool."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def portfolio(self, user_id: UserId, as_of: date) -> Portfolio:
        """A handful of queries; two when there are no investments."""
        async with connect(self._engine) as connection:
            trades = await _trades(connection, user_id, as_of)
            snapshots = await _snapshots(connection, user_id, as_of)
            if not trades and not snapshots:
                return _portfolio(as_of)
            query = select(instruments).where(instruments.c.user_id == user_id)
            own = [to_instrument(row) for row in (await connection.execute(query)).mappings()]
            labels = select(accounts.c.id, accounts.c.name, accounts.c.currency).where(accounts.c.user_id == user_id)
            names = {row[0]: AccountLabel(row[1], row[2]) for row in await connection.execute(labels)}
            funds = (await connection.execute(_newest_navs(user_id, as_of))).mappings().all()
        used = {one.account_id for one in trades} | {one.account_id for one in snapshots}
        return Portfolio(
            as_of=as_of,
            accounts={account: label for account, label in names.items() if account in used},
            instruments={one.id: one for one in own},
            transactions=trades,
            snapshots=snapshots,
            navs={row["id"]: Quote(row["nav"], row["nav_on"], PriceSource.AMFI) for row in _newest_last(funds)},
            categories={row["id"]: row["category"] for row in _newest_last(funds)},
        )

    async def fund_values_on(self, user_id: UserId, day: date) -> Mapping[InstrumentId, Decimal]:
        """Join the person's instruments with the values of the day."""
        query = (
            select(instruments.c.id, fund_navs.c.nav)
            .join(fund_schemes, same_fund())
            .join(fund_navs, fund_navs.c.amfi_code == fund_schemes.c.amfi_code)
            .where(instruments.c.user_id == user_id, fund_navs.c.nav_on == day)
        )
        async with connect(self._engine) as connection:
            return {row[0]: row[1] for row in await connection.execute(query)}

    async def page(
        self,
        user_id: UserId,
        *,
        account_id: AccountId | None,
        instrument_id: InstrumentId | None,
        limit: int,
        after: InvestmentPageKey | None,
    ) -> Sequence[InvestmentTransaction]:
        """Read backwards along the index of days."""
        conditions: list[ColumnElement[bool]] = [_T.user_id == user_id]
        if account_id is not None:
            conditions.append(_T.account_id == account_id)
        if instrument_id is not None:
            conditions.append(_T.instrument_id == instrument_id)
        if after is not None:
            conditions.append(tuple_(_T.traded_on, _T.id) < (after.traded_on, after.transaction_id))
        query = select(investment_transactions).where(*conditions)
        query = query.order_by(_T.traded_on.desc(), _T.id.desc()).limit(limit)
        async with connect(self._engine) as connection:
            return [to_investment(row) for row in (await connection.execute(query)).mappings()]

    async def instruments(self, user_id: UserId) -> Sequence[Instrument]:
        """Read the person's rows."""
        query = select(instruments).where(instruments.c.user_id == user_id)
        async with connect(self._engine) as connection:
            return [to_instrument(row) for row in (await connection.execute(query)).mappings()]

    async def target(self, user_id: UserId) -> Mapping[AssetClass, Decimal]:
        """Read the rows of the person."""
        table = target_allocations.c
        query = select(table.asset_class, table.percent).where(table.user_id == user_id)
        async with connect(self._engine) as connection:
            rows = await connection.execute(query)
            return {AssetClass(kind): percent.quantize(_PERCENT) for kind, percent in rows}


async def _trades(connection: AsyncConnection, user_id: UserId, as_of: date) -> list[InvestmentTransaction]:
    """In a thread, as there may be a hundred thousand."""
    rows = (await connection.execute(_TRADES, {"owner_id": user_id, "day": as_of})).mappings().all()
    return await asyncio.to_thread(lambda: [to_investment(row) for row in rows]) if rows else []


async def _snapshots(connection: AsyncConnection, user_id: UserId, as_of: date) -> list[HoldingSnapshot]:
    """The latest of every account, with its lines."""
    heads = (await connection.execute(_SNAPSHOTS, {"owner_id": user_id, "day": as_of})).mappings().all()
    if not heads:
        return []
    lines: dict[Any, list[Holding]] = {head["id"]: [] for head in heads}
    query = (
        select(holdings, _S.account_id)
        .join(holding_snapshots, _S.id == holdings.c.snapshot_id)
        .where(holdings.c.snapshot_id.in_(list(lines)))
        .order_by(holdings.c.instrument_id, holdings.c.folio)
    )
    for row in (await connection.execute(query)).mappings():
        lines[row["snapshot_id"]].append(to_holding(row))
    return [HoldingSnapshot(**dict(head), holdings=tuple(lines[head["id"]])) for head in heads]


def same_fund() -> ColumnElement[bool]:
    """A scheme of AMFI's list and a person's instrument are one fund."""
    return or_(
        fund_schemes.c.amfi_code == instruments.c.amfi_code,
        fund_schemes.c.isin == instruments.c.isin,
        fund_schemes.c.isin_reinvestment == instruments.c.isin,
    )


def _newest_navs(user_id: UserId, as_of: date) -> Select[Any]:
    newest = (
        select(fund_navs.c.nav, fund_navs.c.nav_on)
        .where(fund_navs.c.amfi_code == fund_schemes.c.amfi_code, fund_navs.c.nav_on <= as_of)
        .order_by(fund_navs.c.nav_on.desc())
        .limit(1)
        .lateral()
    )
    return (
        select(instruments.c.id, fund_schemes.c.category, newest.c.nav, newest.c.nav_on)
        .join(fund_schemes, and_(instruments.c.user_id == user_id, same_fund()))
        .join(newest, true())
    )


def _newest_last(rows: Sequence[RowMapping]) -> list[RowMapping]:
    """An ISIN may stand under two codes, an old and a new one: the newer value is to win."""
    return sorted(rows, key=lambda row: row["nav_on"])


def _portfolio(as_of: date) -> Portfolio:
    return Portfolio(as_of=as_of, accounts={}, instruments={}, transactions=(), snapshots=(), navs={}, categories={})
