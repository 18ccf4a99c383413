"""What a unit of work did to transactions, for the others to hear of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, islice
from typing import Final

from services.financial.domain.events import TransactionsRecorded
from services.financial.domain.transaction import Transaction
from services.shared.domain.ids import TransactionId, UserId

MAX_PER_EVENT: Final = 500


class RecordedTransactions:
    """Collects transactions that were added or changed; of one that comes twice the last word counts."""

    def __init__(self) -> None:
        self._latest: dict[TransactionId, Transaction] = {}

    def add(self, transactions: Sequence[Transaction]) -> None:
        """Take note of transactions as they stand now."""
        self._latest.update((transaction.id, transaction) for transaction in transactions)

    def take(self) -> list[TransactionsRecorded]:
        """The events that tell of them; nothing is left afterwards."""
        told = list(recorded_events(list(self._latest.values())))
        self._latest.clear()
        return told


def recorded_events(
    transactions: Sequence[Transaction], occurred_at: datetime | None = None
) -> Iterator[TransactionsRecorded]:
    """Events for each person's transactions, none with more than MAX_PER_EVENT of them."""

    def owner(transaction: Transaction) -> UserId:
        return transaction.user_id

    for user_id, own in groupby(sorted(transactions, key=owner), owner):
        while chunk := tuple(islice(own, MAX_PER_EVENT)):
            if occurred_at is None:
                yield TransactionsRecorded(user_id=user_id, transactions=chunk)
            else:
                yield TransactionsRecorded(user_id=user_id, transactions=chunk, occurred_at=occurred_at)
