"""Query: how steady income is."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.analysis.monthly import monthly_flows
from services.financial.application.analysis.readers import TotalsReader
from services.financial.application.analysis.views import IncomeStabilityView, MonthAmountView
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today, require_between
from services.financial.domain.analysis.income_stability import income_stability
from services.financial.domain.category import Category
from services.financial.domain.period import Month, Period
from services.financial.domain.summary import share_percent
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

MAX_MONTHS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class GetIncomeStabilityRequest:
    """The last `months` (1 to 120) up to the newest record's."""

    user_id: UserId
    months: int = 12
    currency: str = "INR"


class GetIncomeStability:
    """Answers with the spread of monthly incomes."""

    def __init__(self, finance: FinanceReader, totals: TotalsReader, clock: Clock) -> None:
        self._finance = finance
        self._totals = totals
        self._clock = clock

    async def __call__(self, request: GetIncomeStabilityRequest) -> IncomeStabilityView:
        """The statistics of the months that the records cover; the others are named, not counted."""
        require_between("months", request.months, 1, MAX_MONTHS)
        span = await recorded_or_today(self._finance, self._clock, request.user_id)
        last = Month.of(span.end)
        first = max(Month.of(span.start), last.plus(1 - request.months))
        period = Period(max(span.start, first.first), last.last)
        flows = await monthly_flows(self._finance, self._totals, self._clock, request.user_id, period, request.currency)
        incomes = [month.income for month in flows.whole]
        stability = income_stability(incomes, request.currency)
        whole = {month.month for month in flows.whole}
        salaries = (t.amount for t in flows.totals if t.category is Category.SALARY and t.month in whole)
        return IncomeStabilityView(
            from_=period.start,
            to=period.end,
            as_of=span.end,
            currency=request.currency,
            months=stability.months,
            mean=stability.mean.amount,
            median=stability.median.amount,
            lowest=stability.lowest.amount,
            highest=stability.highest.amount,
            coefficient_of_variation=stability.coefficient_of_variation,
            steadiness=stability.steadiness.value,
            spikes=stability.spikes,
            dips=stability.dips,
            months_without_income=stability.months_without_income,
            salary_share_percent=share_percent(
                Money.total(salaries, request.currency), Money.total(incomes, request.currency)
            ),
            incomes=tuple(MonthAmountView(str(month.month), month.income.amount) for month in flows.whole),
            incomplete_months=flows.incomplete,
            left_out=left_out(await self._finance.standings(request.user_id), request.currency),
        )
