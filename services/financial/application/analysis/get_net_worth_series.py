"""Query: net worth month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.application.analysis.readers import TotalsReader
from services.financial.application.analysis.views import ClassAmountView, NetWorthPointView, NetWorthSeriesView
from services.financial.application.investments.holdings_value import HoldingsValuer, HoldingsWorth, held_on
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today, require_between
from services.financial.domain.account import AccountType
from services.financial.domain.analysis.net_worth_series import NetWorthPoint, net_worth_series
from services.financial.domain.period import Month, Period
from services.financial.domain.summary import share_percent
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import AccountId, UserId
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
    """Answers with assets and liabilities by kind of account at the end of every month.

    An account with holdings on record counts with what they were worth at the newest prices on or before that day, as
    in GetNetWorth.
    """

    def __init__(self, finance: FinanceReader, totals: TotalsReader, clock: Clock, valuer: HoldingsValuer) -> None:
        self._finance = finance
        self._totals = totals
        self._clock = clock
        self._valuer = valuer

    async def __call__(self, request: GetNetWorthSeriesRequest) -> NetWorthSeriesView:
        """The series; its last point equals the net worth of that day."""
        require_between("months", request.months, 1, MAX_MONTHS)
        span = await recorded_or_today(self._finance, self._clock, request.user_id)
        standings = await self._finance.standings(request.user_id)
        counted = [standing for standing in standings if standing.account.currency == request.currency]
        held = await held_on(self._valuer, request.user_id, standings, today(self._clock))
        newest = max([span.end, *(worth.priced_on for worth in held.values() if worth.priced_on)])
        months = _months(request, Period(span.start, newest))
        ids = [standing.account.id for standing in counted]
        movements = await self._totals.movements_after(ids, months[0].last, request.currency) if ids else []
        market = await self._at_market(request, months, newest, held)
        points = net_worth_series(counted, movements, months, newest, request.currency, market)
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

    async def _at_market(
        self,
        request: GetNetWorthSeriesRequest,
        months: Sequence[Month],
        newest: date,
        now: Mapping[AccountId, HoldingsWorth],
    ) -> dict[Month, dict[AccountId, Money]]:
        """What holdings were worth at each month's end, back to the first month without any."""
        found: dict[Month, dict[AccountId, Money]] = {}
        held = now
        for month in reversed(months):
            if not held:
                break
            if month.last < newest:
                held = await self._valuer.values(request.user_id, month.last)
            found[month] = {account_id: Money(worth.value, request.currency) for account_id, worth in held.items()}
        return found


def _months(request: GetNetWorthSeriesRequest, span: Period) -> Sequence[Month]:
    """At least one month, none outside the records."""
    first, newest = Month.of(span.start), Month.of(span.end)
    last = max(first, min(request.until or newest, newest))
    start = max(first, last.plus(1 - request.months))
    return list(Period(start.first, last.first).months())


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
