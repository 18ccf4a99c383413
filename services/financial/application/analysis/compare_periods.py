"""Query: two periods, and what moved the figure between them."""

from __future__ import annotations

from dataclasses import dataclass

from services.financial.application.analysis.readers import TotalsReader
from services.financial.application.analysis.views import ComparisonView, DriverView
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today, require_between
from services.financial.domain.analysis.comparison import Measure, Sides, compare
from services.financial.domain.period import Period
from services.financial.domain.summary import share_percent
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId

MAX_TOP = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePeriodsRequest:
    """Two periods, which may be of any length and may overlap; `top` payees (1 to 100) are listed."""

    user_id: UserId
    before: Period
    after: Period
    measure: Measure = Measure.SPENDING
    top: int = 10
    currency: str = "INR"


class ComparePeriods:
    """Answers with both totals, their difference, and the categories and payees that it comes from."""

    def __init__(self, finance: FinanceReader, totals: TotalsReader, clock: Clock) -> None:
        self._finance = finance
        self._totals = totals
        self._clock = clock

    async def __call__(self, request: ComparePeriodsRequest) -> ComparisonView:
        """The comparison; periods are taken as they are, not scaled to one length."""
        require_between("top", request.top, 1, MAX_TOP)
        before, after, currency = request.before, request.after, request.currency
        span = await recorded_or_today(self._finance, self._clock, request.user_id)
        categories, payees = await self._totals.sides(
            request.user_id, before, after, request.measure, currency, request.top
        )
        found = compare(categories, payees, request.measure, currency)
        return ComparisonView(
            before_from=before.start,
            before_to=before.end,
            after_from=after.start,
            after_to=after.end,
            as_of=span.end,
            currency=currency,
            measure=request.measure.value,
            before=found.before.amount,
            after=found.after.amount,
            change=found.change.amount,
            change_percent=share_percent(found.change, abs(found.before)) if found.before.amount else None,
            before_days_without_records=_unrecorded_days(before, span),
            after_days_without_records=_unrecorded_days(after, span),
            categories=tuple(_driver(side) for side in found.categories),
            payees=tuple(_driver(side) for side in found.payees),
            other_payees_change=found.others.amount,
            left_out=left_out(await self._finance.standings(request.user_id), currency),
        )


def _unrecorded_days(period: Period, span: Period) -> int:
    known = period.overlap(span)
    return _days(period) - (_days(known) if known else 0)


def _days(period: Period) -> int:
    return (period.end - period.start).days + 1


def _driver(side: Sides) -> DriverView:
    return DriverView(
        category=side.category,
        payee=side.payee,
        before=side.before.amount,
        after=side.after.amount,
        change=side.change.amount,
        count_before=side.count_before,
        count_after=side.count_after,
        movement=side.movement.value,
    )
