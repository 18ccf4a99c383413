"""The read port over what people add to their transactions."""

from __future__ import annotations

from typing import Protocol

from services.financial.domain.account import Account
from services.financial.domain.records.history import TransactionVersion
from services.financial.domain.records.opening import OpeningChange
from services.financial.domain.records.own_category import OwnCategory
from services.financial.domain.transaction import Transaction
from services.shared.domain.ids import AccountId, TransactionId, UserId


class RecordsReader(Protocol):
    """Reads one person's records; another person's do not exist for it."""

    async def transaction(self, user_id: UserId, transaction_id: TransactionId) -> Transaction | None:
        """One transaction; None when it is not this person's."""
        ...

    async def history(self, user_id: UserId, transaction_id: TransactionId) -> list[TransactionVersion]:
        """Its versions, oldest first."""
        ...

    async def openings(self, user_id: UserId, account_id: AccountId) -> tuple[Account, list[OpeningChange]] | None:
        """An account and the changes of its opening balance, oldest first; None when it is not this person's."""
        ...

    async def alike(self, user_id: UserId, days: int) -> tuple[list[Transaction], list[Transaction]]:
        """Entries by hand, and lines of statements, for which there is one of the other kind that may be the same.

        That is: on the same account, of the same amount, at most that many days apart.
        """
        ...

    async def own_categories(self, user_id: UserId) -> list[OwnCategory]:
        """The person's own categories, by name."""
        ...
