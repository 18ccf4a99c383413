"""Query: all transactions that match, one after another, however many they are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.financial.application.readers import FinanceReader, PageKey
from services.financial.application.transaction_views import standings_with
from services.financial.domain.filters import Sort, TransactionFilter
from services.financial.domain.transaction import Transaction

# Some milliseconds of work, for which others wait.
_PAGE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTransactionsRequest:
    """Which."""

    wanted: TransactionFilter


@dataclass(frozen=True, slots=True)
class ExportedTransaction:
    """A transaction with its account's name."""

    transaction: Transaction
    account: str


class ExportTransactions:
    """Answers with batches, oldest first, and holds no more than one of them at a time."""

    def __init__(self, reader: FinanceReader) -> None:
        self._reader = reader

    async def __call__(self, request: ExportTransactionsRequest) -> AsyncIterator[Sequence[ExportedTransaction]]:
        """The batches; AccountNotFoundError is raised before the first."""
        standings = await standings_with(self._reader, request.wanted.user_id, request.wanted.account_id)
        names = {standing.account.id: standing.account.name for standing in standings}

        async def batches() -> AsyncIterator[Sequence[ExportedTransaction]]:
            after: PageKey | None = None
            while rows := await self._reader.page(request.wanted, Sort.OLDEST, _PAGE, after):
                yield [ExportedTransaction(row, names.get(row.account_id, "")) for row in rows]
                after = PageKey(rows[-1].booked_on, abs(rows[-1].amount.amount), rows[-1].id)

        return batches()
