"""Query: income against spending, month by month."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today
from services.financial.application.views import CashFlowView, MonthFlowView
from services.financial.domain.category import INCOME_CATEGORIES, Category
from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.domain.period import Period
from services.financial.domain.summary import SPENDING_CATEGORIES, MonthlyFlow, share_percent
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCashFlowRequest:
    """A period of days, both ends included."""

    user_id: UserId
    period: Period
    currency: str = "INR"


class GetCashFlow:
    """Answers with both totals, what is left of the income, and the same for every month of the records."""

    def __init__(self, reader: FinanceReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetCashFlowRequest) -> CashFlowView:
        """The flow; months without transactions between two records are there with zeros."""
        span = await recorded_or_today(self._reader, self._clock, request.user_id)
        flows = await self._monthly_flows(request, span)
        income = Money.total((flow.income for flow in flows), request.currency)
        spending = Money.total((flow.spending for flow in flows), request.currency)
        net = income - spending
        return CashFlowView(
            from_=request.period.start,
            to=request.period.end,
            as_of=span.end,
            currency=request.currency,
            income=income.amount,
            spending=spending.amount,
            net=net.amount,
            savings_rate_percent=share_percent(net, income) if income.amount else None,
            months=tuple(_month_view(flow) for flow in flows),
            left_out=left_out(await self._reader.standings(request.user_id), request.currency),
        )

    async def _monthly_flows(self, request: GetCashFlowRequest, span: Period) -> list[MonthlyFlow]:
        income = await self._by_month(request, INCOME_CATEGORIES)
        spending = await self._by_month(request, SPENDING_CATEGORIES)
        zero = Money.zero(request.currency)
        recorded = request.period.overlap(span)
        return [
            MonthlyFlow(month, income.get(str(month), zero), -spending.get(str(month), zero))
            for month in (recorded.months() if recorded else ())
        ]

    async def _by_month(self, request: GetCashFlowRequest, categories: frozenset[Category]) -> dict[str, Money]:
        period = request.period
        wanted = TransactionFilter(user_id=request.user_id, start=period.start, end=period.end, categories=categories)
        totals = await self._reader.totals(wanted, Grouping.MONTH, request.currency)
        return {total.key: total.amount for total in totals}


def _month_view(flow: MonthlyFlow) -> MonthFlowView:
    return MonthFlowView(str(flow.month), flow.income.amount, flow.spending.amount, flow.net.amount)
