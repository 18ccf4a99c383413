"""Query: net worth month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.financial.application.analysis.readers import TotalsReader
from services.financial.application.analysis.views import ClassAmountView, NetWorthPointView, NetWorthSeriesView
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today, require_between
from services.financial.domain.account import AccountType
from services.financial.domain.analysis.net_worth_series import NetWorthPoint, net_worth_series
from services.financial.domain.period import Month, Period
from services.financial.domain.summary import share_percent
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

MAX_MONTHS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class GetNetWorthSeriesRequest:
    """The `months` (1 to 600) up to and including `until`, which is the newest record's month when None."""

    user_id: UserId
    months: int = 12
    until: Month | None = None
    currency: str = "INR"


class GetNetWorthSeries:
    """Answers with assets and liabilities by kind of account at the end of every month."""

    def __init__(self, finance: FinanceReader, totals: TotalsReader, clock: Clock) -> None:
        self._finance = finance
        self._totals = totals
        self._clock = clock

    async def __call__(self, request: GetNetWorthSeriesRequest) -> NetWorthSeriesView:
        """The series; its last point equals the net worth of that day."""
        require_between("months", request.months, 1, MAX_MONTHS)
        span = await recorded_or_today(self._finance, self._clock, request.user_id)
        standings = await self._finance.standings(request.user_id)
        counted = [standing for standing in standings if standing.account.currency == request.currency]
        months = _months(request, span)
        ids = [standing.account.id for standing in counted]
        movements = await self._totals.movements_after(ids, months[0].last, request.currency) if ids else []
        points = net_worth_series(counted, movements, months, span.end, request.currency)
        worths = [point.net_worth.amount for point in points]
        change = points[-1].net_worth - points[0].net_worth
        return NetWorthSeriesView(
            as_of=points[-1].day,
            currency=request.currency,
            net_worth=worths[-1],
            change=change.amount,
            change_percent=_percent(change, points[0].net_worth),
            highest=max(worths),
            lowest=min(worths),
            points=tuple(_point_view(point) for point in points),
            left_out=left_out(standings, request.currency),
        )


def _months(request: GetNetWorthSeriesRequest, span: Period) -> Sequence[Month]:
    """At least one month, none outside the records."""
    first, newest = Month.of(span.start), Month.of(span.end)
    last = max(first, min(request.until or newest, newest))
    start = max(first, last.plus(1 - request.months)) if _reaches(last, request.months) else first
    return list(Period(start.first, last.first).months())


def _reaches(last: Month, months: int) -> bool:
    """Whether the calendar goes back so far."""
    return last.year * 12 + last.number > months + 12


def _percent(change: Money, first: Money) -> Decimal | None:
    return share_percent(change, abs(first)) if first.amount else None


def _point_view(point: NetWorthPoint) -> NetWorthPointView:
    return NetWorthPointView(
        month=str(point.month),
        as_of=point.day,
        net_worth=point.net_worth.amount,
        assets=point.total_assets.amount,
        liabilities=point.total_liabilities.amount,
        change=None if point.change is None else point.change.amount,
        by_asset=_classes(point.assets),
        by_liability=_classes(point.liabilities),
    )


def _classes(amounts: Mapping[AccountType, Money]) -> tuple[ClassAmountView, ...]:
    return tuple(ClassAmountView(kind, amount.amount) for kind, amount in amounts.items())
