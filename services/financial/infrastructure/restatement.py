"""The financial records as events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.financial.application.open_account import account_opened
from services.financial.infrastructure.mappers import select_transactions, to_account, to_transaction
from services.financial.infrastructure.recorded_transactions import recorded_events
from services.financial.infrastructure.tables import accounts, transactions
from services.shared.domain.events import DomainEvent
from services.shared.domain.ids import UserId
from services.shared.infrastructure.horizon import settled_before
from services.shared.infrastructure.pages import count_rows, of_user, pages


class PostgresFinancialRestatement:
    """`Restatement` of accounts and transactions."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def horizon(self) -> datetime:
        """The moment up to which all is settled."""
        return await settled_before(self._engine)

    async def count(self, user_id: UserId | None = None) -> int:
        """Accounts and transactions."""
        return sum(
            [
                await count_rows(self._engine, table, *of_user(table.c.user_id, user_id))
                for table in (accounts, transactions)
            ]
        )

    async def events(
        self, occurred_at: datetime, user_id: UserId | None = None
    ) -> AsyncIterator[Sequence[DomainEvent]]:
        """`AccountOpened` for each account, then `TransactionsRecorded` for all transactions."""
        own = of_user(accounts.c.user_id, user_id)
        async for rows in pages(self._engine, select(accounts), accounts.c.id, *own):
            yield [account_opened(to_account(row._mapping), occurred_at) for row in rows]
        own = of_user(transactions.c.user_id, user_id)
        async for rows in pages(self._engine, select_transactions(), transactions.c.id, *own):
            yield list(recorded_events([to_transaction(row._mapping) for row in rows], occurred_at))
