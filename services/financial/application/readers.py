"""The read port of the queries: figures straight from storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.financial.domain.balances import AccountStanding
from services.financial.domain.filters import Grouping, Sort, TransactionFilter
from services.financial.domain.period import Period
from services.financial.domain.summary import GroupTotal
from services.financial.domain.transaction import Transaction
from services.shared.domain.ids import AccountId, TransactionId, UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class PageKey:
    """Where a page ended: the day, the size of the amount and the id of its last transaction."""

    booked_on: date
    size: Decimal
    transaction_id: TransactionId


@dataclass(frozen=True, slots=True)
class MatchTotals:
    """All transactions of one currency that match: how many, and what went out and came in, neither negative."""

    count: int
    debit: Money
    credit: Money


class FinanceReader(Protocol):
    """Reads one person's records; another person's do not exist for it."""

    async def standing(self, user_id: UserId, account_id: AccountId) -> AccountStanding | None:
        """How one account stands now; None when there is no such account of this person."""
        ...

    async def standings(self, user_id: UserId, as_of: date | None = None) -> list[AccountStanding]:
        """How all accounts stood at the end of a day, now when None; by name."""
        ...

    async def recorded_period(self, user_id: UserId) -> Period | None:
        """The days of the oldest and the newest transaction; None without any."""
        ...

    async def totals(self, wanted: TransactionFilter, grouping: Grouping, currency: str) -> list[GroupTotal]:
        """Signed totals, by group in the order of the keys, of what matches and is in `currency`."""
        ...

    async def match_totals(self, wanted: TransactionFilter) -> dict[str, MatchTotals]:
        """What matches, by currency."""
        ...

    async def page(
        self, wanted: TransactionFilter, sort: Sort, limit: int, after: PageKey | None = None
    ) -> Sequence[Transaction]:
        """At most `limit` matching transactions in this order, those behind `after` only.

        Equal days or sizes are ordered by id, so that no page repeats or loses a row.
        """
        ...

    async def since(self, user_id: UserId, start: date) -> list[Transaction]:
        """All transactions from that day on, oldest first."""
        ...
