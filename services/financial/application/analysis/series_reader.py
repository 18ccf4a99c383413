"""The read port of what recurs: the few payments that may, never all of a person's transactions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Protocol

from services.financial.domain.analysis.bills import CardPayments
from services.financial.domain.analysis.subscriptions import Purchases
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.recurring import Payment
from services.shared.domain.ids import AccountId, UserId


class SeriesReader(Protocol):
    """Series of one person's payments; another person's do not exist for it."""

    async def candidates(
        self,
        user_id: UserId,
        since: date,
        currency: str,
        direction: Direction,
        account_ids: Collection[AccountId] | None = None,
    ) -> list[Payment]:
        """All payments since that day to payees (or from them, with `credit`) that may recur; amounts are positive.

        Of these accounts only, unless they are None; without payments that came back within days.

        Left out are only payees of whom `find_all_recurring` would find nothing: too many payments for any calendar,
        or amounts that vary too much, with no amount that comes back by itself.
        """
        ...

    async def purchases(self, user_id: UserId, brands: Collection[str], since: date, currency: str) -> list[Purchases]:
        """Payments since that day by payee, for payees whose first word is one of the brands."""
        ...

    async def card_payments(self, user_id: UserId, since: date, currency: str) -> list[CardPayments]:
        """For each credit card, the days since then on which money was transferred to it, and what is owed on it."""
        ...

    async def daily_flows(self, account_ids: Collection[AccountId], since: date) -> dict[date, Decimal]:
        """The signed sum of everything that moved on the accounts on each day since then, where something did."""
        ...
