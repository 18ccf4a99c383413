"""Query: income, spending and balances of one month."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.get_net_worth import balance_view
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today
from services.financial.application.views import MonthlySummaryView
from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.domain.period import Month
from services.financial.domain.summary import summarise_month
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetMonthlySummaryRequest:
    """One calendar month."""

    user_id: UserId
    month: Month
    currency: str = "INR"


class GetMonthlySummary:
    """Answers with what came in, what went out for what, and how every account stood at the month's end."""

    def __init__(self, reader: FinanceReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetMonthlySummaryRequest) -> MonthlySummaryView:
        """The summary; a month without transactions has zeros and no categories."""
        month, currency = request.month, request.currency
        wanted = TransactionFilter(user_id=request.user_id, start=month.first, end=month.last)
        totals = await self._reader.totals(wanted, Grouping.CATEGORY, currency)
        summary = summarise_month(totals, month, currency)
        standings = await self._reader.standings(request.user_id, month.last)
        span = await recorded_or_today(self._reader, self._clock, request.user_id)
        return MonthlySummaryView(
            month=str(month),
            currency=currency,
            as_of=span.end,
            income=summary.income.amount,
            spending=summary.spending.amount,
            by_category={category: amount.amount for category, amount in summary.by_category.items()},
            balances=tuple(balance_view(s) for s in standings if s.account.currency == currency),
            left_out=left_out(standings, currency),
        )
