"""The read ports of the analyses: sums that storage makes, never all of a person's transactions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from services.financial.domain.analysis.cash_flow import MonthCategoryTotal
from services.financial.domain.analysis.comparison import Measure, Sides
from services.financial.domain.analysis.net_worth_series import MonthMovement
from services.financial.domain.period import Period
from services.shared.domain.ids import AccountId, UserId


class TotalsReader(Protocol):
    """Sums of one person's transactions; another person's do not exist for it."""

    async def movements_after(self, account_ids: Sequence[AccountId], day: date, currency: str) -> list[MonthMovement]:
        """What moved on each account in each month, later than `day`; the accounts are all in `currency`."""
        ...

    async def by_month_and_category(self, user_id: UserId, period: Period, currency: str) -> list[MonthCategoryTotal]:
        """Signed sums of the period's transactions by month and category; a split one counts by its parts."""
        ...

    async def sides(
        self, user_id: UserId, before: Period, after: Period, measure: Measure, currency: str, top: int
    ) -> tuple[list[Sides], list[Sides]]:
        """What each category came to in both periods, and the same for the `top` payees whose change is largest.

        Both are of one moment, and amounts are signed as on the accounts. Payees are told apart by category.
        """
        ...
