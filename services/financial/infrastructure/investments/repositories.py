"""Instruments, investment transactions, snapshots and targets in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from services.financial.domain.investments.holding import HoldingSnapshot
from services.financial.domain.investments.instrument import AssetClass, Instrument, InstrumentId
from services.financial.domain.investments.transaction import InvestmentTransaction, InvestmentTransactionId
from services.financial.infrastructure.investments.mappers import (
    instrument_values,
    investment_values,
    to_instrument,
)
from services.financial.infrastructure.investments.tables import (
    holding_snapshots,
    holdings,
    instruments,
    investment_transactions,
    target_allocations,
)
from services.shared.domain.ids import UserId

# A statement may have 32,767 parameters; a transaction has 17.
_BATCH: Final = 1_500


class PostgresInstrumentRepository:
    """Implements InstrumentRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list(self, user_id: UserId) -> list[Instrument]:
        """Read the rows in the order of their ids, which grow with time."""
        query = select(instruments).where(instruments.c.user_id == user_id).order_by(instruments.c.id)
        return [to_instrument(row) for row in (await self._connection.execute(query)).mappings()]

    async def save_all(self, changed: Sequence[Instrument]) -> None:
        """Insert, or update what a source may add to a known one."""
        for start in range(0, len(changed), _BATCH):
            statement = postgresql.insert(instruments).values(
                [instrument_values(one) for one in changed[start : start + _BATCH]]
            )
            learnt = {name: statement.excluded[name] for name in ("isin", "amfi_code", "asset_class")}
            await self._connection.execute(
                statement.on_conflict_do_update(index_elements=[instruments.c.id], set_=learnt)
            )

    async def set_fair_value(self, user_id: UserId, instrument_id: InstrumentId, value: Decimal) -> bool:
        """Update the row if it is this person's."""
        statement = (
            update(instruments)
            .where(instruments.c.id == instrument_id, instruments.c.user_id == user_id)
            .values(fmv_2018_01_31=value)
        )
        return (await self._connection.execute(statement)).rowcount > 0


class PostgresInvestmentRepository:
    """Implements InvestmentRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add_all(self, transactions: Sequence[InvestmentTransaction]) -> int:
        """Insert what the unique constraint of the account does not know."""
        new = 0
        for start in range(0, len(transactions), _BATCH):
            rows: list[dict[str, Any]] = [investment_values(one) for one in transactions[start : start + _BATCH]]
            statement = postgresql.insert(investment_transactions).values(rows).on_conflict_do_nothing()
            added = await self._connection.execute(statement.returning(investment_transactions.c.id))
            new += len(added.all())
        return new

    async def delete(self, user_id: UserId, transaction_id: InvestmentTransactionId) -> bool:
        """Delete the row if it is this person's."""
        table = investment_transactions
        statement = delete(table).where(table.c.id == transaction_id, table.c.user_id == user_id)
        return (await self._connection.execute(statement)).rowcount > 0

    async def replace_snapshot(self, snapshot: HoldingSnapshot) -> None:
        """Delete the one of the same day, and its holdings with it, then insert."""
        table = holding_snapshots
        await self._connection.execute(
            delete(table).where(table.c.account_id == snapshot.account_id, table.c.as_of == snapshot.as_of)
        )
        await self._connection.execute(
            insert(table).values(
                id=snapshot.id,
                user_id=snapshot.user_id,
                account_id=snapshot.account_id,
                as_of=snapshot.as_of,
                source=snapshot.source,
                recorded_at=snapshot.recorded_at,
            )
        )
        columns = ("instrument_id", "folio", "units", "price", "value", "invested")
        rows = [
            {name: getattr(one, name) for name in columns} | {"snapshot_id": snapshot.id} for one in snapshot.holdings
        ]
        if rows:
            await self._connection.execute(insert(holdings), rows)


class PostgresTargetAllocationRepository:
    """Implements TargetAllocationRepository on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def replace(self, user_id: UserId, percents: Mapping[AssetClass, Decimal]) -> None:
        """Delete the rows, then insert the new ones."""
        table = target_allocations
        await self._connection.execute(delete(table).where(table.c.user_id == user_id))
        rows = [
            {"user_id": user_id, "asset_class": kind.value, "percent": percent} for kind, percent in percents.items()
        ]
        if rows:
            await self._connection.execute(insert(table), rows)
