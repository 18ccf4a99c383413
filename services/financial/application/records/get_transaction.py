"""Query: one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.readers import FinanceReader
from services.financial.application.records.readers import RecordsReader
from services.financial.application.transaction_views import transaction_views
from services.financial.application.views import TransactionView
from services.financial.domain.errors import TransactionNotFoundError
from services.shared.domain.ids import TransactionId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetTransactionRequest:
    """Which one."""

    user_id: UserId
    transaction_id: TransactionId


class GetTransaction:
    """Answers with a transaction, its parts, note and tags."""

    def __init__(self, records: RecordsReader, reader: FinanceReader) -> None:
        self._records = records
        self._reader = reader

    async def __call__(self, request: GetTransactionRequest) -> TransactionView:
        """TransactionNotFoundError when it is not this person's."""
        found = await self._records.transaction(request.user_id, request.transaction_id)
        if found is None:
            raise TransactionNotFoundError
        return transaction_views([found], await self._reader.standings(request.user_id))[0]
