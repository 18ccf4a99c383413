"""Monthly cash flow of a period, as the analyses of flows start from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.financial.application.analysis.readers import TotalsReader
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import recorded_or_today
from services.financial.domain.analysis.cash_flow import MonthBudget, MonthCategoryTotal, month_budgets
from services.financial.domain.period import Period
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


@dataclass(frozen=True, slots=True)
class MonthlyFlows:
    """The months of a period that lie within the records, and the records' days."""

    span: Period
    totals: Sequence[MonthCategoryTotal]
    months: Sequence[MonthBudget]

    @property
    def whole(self) -> list[MonthBudget]:
        """The months that the records cover, and the period too."""
        return [month for month in self.months if month.is_whole]

    @property
    def incomplete(self) -> tuple[str, ...]:
        """The others, by name."""
        return tuple(str(month.month) for month in self.months if not month.is_whole)


async def monthly_flows(
    finance: FinanceReader, totals: TotalsReader, clock: Clock, user_id: UserId, period: Period, currency: str
) -> MonthlyFlows:
    """Sums of the period only: a month that the period cuts is not whole."""
    span = await recorded_or_today(finance, clock, user_id)
    found = await totals.by_month_and_category(user_id, period, currency)
    seen = period.overlap(span)
    months = list(seen.months()) if seen else []
    return MonthlyFlows(span, found, month_budgets(found, months, period, span, currency))


def mean(amounts: Iterable[Money], currency: str) -> Money | None:
    """The average; None of nothing."""
    counted = list(amounts)
    return Money(Money.total(counted, currency).amount / len(counted), currency) if counted else None
