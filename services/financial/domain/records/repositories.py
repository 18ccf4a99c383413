"""Ports to own categories and to the history of transactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from services.financial.domain.ids import OwnCategoryId
from services.financial.domain.records.history import TransactionVersion
from services.financial.domain.records.own_category import OwnCategory
from services.shared.domain.ids import TransactionId, UserId


class OwnCategoryRepository(Protocol):
    """A person's own categories."""

    async def add(self, category: OwnCategory) -> None:
        """Keep a new category, OwnCategoryExistsError when the person has one of that name."""
        ...

    async def get(self, user_id: UserId, category_id: OwnCategoryId) -> OwnCategory | None:
        """The category, None when it is not this person's."""
        ...

    async def list(self, user_id: UserId) -> list[OwnCategory]:
        """The person's categories, by name."""
        ...

    async def save(self, category: OwnCategory) -> None:
        """Keep its name and parent; what it holds moves to the parent. OwnCategoryExistsError as for `add`."""
        ...

    async def delete(self, category_id: OwnCategoryId) -> None:
        """Forget the category; what it held stays under the parent."""
        ...


class HistoryRepository(Protocol):
    """What was changed of transactions."""

    async def add(self, versions: Sequence[TransactionVersion]) -> None:
        """Keep versions."""
        ...

    async def list(self, user_id: UserId, transaction_id: TransactionId) -> list[TransactionVersion]:
        """All versions of a transaction, oldest first; none when it is not this person's."""
        ...

    async def latest(self, ids: Sequence[TransactionId]) -> dict[TransactionId, int]:
        """The newest version's number of those transactions that have one."""
        ...
