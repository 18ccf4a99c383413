"""Query: income, spending by purpose, and saving, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.financial.application.analysis.monthly import MonthlyFlows, mean, monthly_flows
from services.financial.application.analysis.readers import TotalsReader
from services.financial.application.analysis.views import CashFlowAnalysisView, MonthBudgetView, PurposeView
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out
from services.financial.domain.analysis.cash_flow import MonthBudget, Purpose, savings_rate
from services.financial.domain.period import Period
from services.financial.domain.summary import share_percent
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyseCashFlowRequest:
    """A period of days, both ends included."""

    user_id: UserId
    period: Period
    currency: str = "INR"


class AnalyseCashFlow:
    """Answers with what came in, what it went out for, and what was kept of it."""

    def __init__(self, finance: FinanceReader, totals: TotalsReader, clock: Clock) -> None:
        self._finance = finance
        self._totals = totals
        self._clock = clock

    async def __call__(self, request: AnalyseCashFlowRequest) -> CashFlowAnalysisView:
        """The totals are of the whole period, the averages of its whole months."""
        period, currency = request.period, request.currency
        flows = await monthly_flows(self._finance, self._totals, self._clock, request.user_id, period, currency)
        months = flows.months
        income = Money.total((month.income for month in months), currency)
        spending = Money.total((month.spending for month in months), currency)
        saved = Money.total((month.saved for month in months), currency)
        average_income, average_spending, average_saved = _averages(flows, currency)
        return CashFlowAnalysisView(
            from_=period.start,
            to=period.end,
            as_of=flows.span.end,
            currency=currency,
            income=income.amount,
            spending=spending.amount,
            invested=Money.total((month.spent[Purpose.INVESTED] for month in months), currency).amount,
            net=(income - spending).amount,
            saved=saved.amount,
            savings_rate_percent=savings_rate(saved, income),
            average_income=average_income,
            average_spending=average_spending,
            average_saved=average_saved,
            whole_months=len(flows.whole),
            purposes=_purposes(months, spending),
            months=tuple(_month_view(month) for month in months),
            incomplete_months=flows.incomplete,
            left_out=left_out(await self._finance.standings(request.user_id), currency),
        )


def _averages(flows: MonthlyFlows, currency: str) -> tuple[Decimal | None, ...]:
    whole = flows.whole
    figures = ([m.income for m in whole], [m.spending for m in whole], [m.saved for m in whole])
    averages = (mean(amounts, currency) for amounts in figures)
    return tuple(None if average is None else average.amount for average in averages)


def _purposes(months: Sequence[MonthBudget], spending: Money) -> tuple[PurposeView, ...]:
    totals = {p: Money.total((month.spent[p] for month in months), spending.currency) for p in Purpose}
    return tuple(PurposeView(p.value, total.amount, share_percent(total, spending)) for p, total in totals.items())


def _month_view(month: MonthBudget) -> MonthBudgetView:
    return MonthBudgetView(
        month=str(month.month),
        income=month.income.amount,
        spending=month.spending.amount,
        invested=month.spent[Purpose.INVESTED].amount,
        net=month.net.amount,
        saved=month.saved.amount,
        savings_rate_percent=savings_rate(month.saved, month.income),
        is_whole=month.is_whole,
    )
