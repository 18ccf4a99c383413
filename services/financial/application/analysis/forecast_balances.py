"""Query: what balances will be."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from services.financial.application.analysis.forecast_views import (
    ForecastAccountView,
    ForecastPointView,
    ForecastView,
)
from services.financial.application.analysis.series_reader import SeriesReader
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today, require_between
from services.financial.domain.account import AccountType
from services.financial.domain.analysis.back_test import TARGET, Interval, back_test
from services.financial.domain.analysis.forecast import Expectation, History, expect
from services.financial.domain.balances import AccountStanding
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.errors import AccountNotFoundError
from services.shared.domain.clock import Clock
from services.shared.domain.ids import AccountId, UserId
from services.shared.domain.money import Money

MAX_DAYS: Final = 180
# Accounts that daily life goes through; what a fund or a loan is worth does not follow from movements.
EVERYDAY_TYPES: Final = frozenset({AccountType.SAVINGS, AccountType.CURRENT, AccountType.CASH, AccountType.CREDIT_CARD})
_KNOWN: Final = timedelta(days=3 * 366)
_STALE: Final = timedelta(days=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastBalancesRequest:
    """The next `days` (1 to 180) after the newest record, of one account or of all everyday ones together.

    `every` keeps one point in so many days (1 to 90), and the last.
    """

    user_id: UserId
    days: int = 90
    account_id: AccountId | None = None
    every: int = 1
    currency: str = "INR"


class ForecastBalances:
    """Answers with the expected balance day by day, and an interval that was tried on the past."""

    def __init__(self, finance: FinanceReader, series: SeriesReader, clock: Clock) -> None:
        self._finance = finance
        self._series = series
        self._clock = clock

    async def __call__(self, request: ForecastBalancesRequest) -> ForecastView:
        """The forecast; AccountNotFoundError for an account that is not the person's."""
        require_between("days", request.days, 1, MAX_DAYS)
        require_between("every", request.every, 1, MAX_DAYS // 2)
        standings = await self._finance.standings(request.user_id)
        chosen = _chosen(standings, request)
        currency = chosen[0].account.currency if request.account_id and chosen else request.currency
        history = await self._history(request.user_id, chosen, currency)
        # Some tens of forecasts of the past: work for a thread, so that others are served meanwhile.
        expected, interval = await asyncio.to_thread(_forecast, history, request.days)
        balance = Money.total((standing.balance for standing in chosen), currency)
        return _view(request, history, balance, expected, interval, chosen, standings)

    async def _history(self, user_id: UserId, chosen: Sequence[AccountStanding], currency: str) -> History:
        span = await recorded_or_today(self._finance, self._clock, user_id)
        end = max((s.last_transaction_on for s in chosen if s.last_transaction_on), default=span.end)
        start = max(span.start, end - _KNOWN)
        ids = [standing.account.id for standing in chosen]
        flows = await self._series.daily_flows(ids, start)
        outgoing = await self._series.candidates(user_id, start, currency, Direction.DEBIT, ids)
        incoming = await self._series.candidates(user_id, start, currency, Direction.CREDIT, ids)
        return History(min(start, end), end, flows, outgoing, incoming)


def _chosen(standings: Sequence[AccountStanding], request: ForecastBalancesRequest) -> list[AccountStanding]:
    if request.account_id is None:
        return [
            standing
            for standing in standings
            if standing.account.account_type in EVERYDAY_TYPES and standing.account.currency == request.currency
        ]
    found = [standing for standing in standings if standing.account.id == request.account_id]
    if not found:
        raise AccountNotFoundError
    return found


def _forecast(history: History, days: int) -> tuple[Expectation, Interval]:
    return expect(history, days), back_test(history, days)


def _view(
    request: ForecastBalancesRequest,
    history: History,
    balance: Money,
    expected: Expectation,
    interval: Interval,
    chosen: Sequence[AccountStanding],
    standings: Sequence[AccountStanding],
) -> ForecastView:
    points = _points(history.end, balance, expected, interval)
    last, lowest = points[-1], min(points, key=lambda point: (point.expected, point.day))
    income = Money(sum(expected.income, Decimal(0)), balance.currency)
    commitments = Money(sum(expected.commitments, Decimal(0)), balance.currency)
    change = last.expected - balance.amount
    return ForecastView(
        as_of=history.end,
        from_=points[0].day,
        to=last.day,
        currency=balance.currency,
        balance=balance.amount,
        expected=last.expected,
        low=last.low,
        high=last.high,
        change=change,
        recurring_income=income.amount,
        commitments=commitments.amount,
        everything_else=change - income.amount - commitments.amount,
        lowest=lowest.expected,
        lowest_on=lowest.day,
        may_fall_below_zero_on=next((point.day for point in points if point.low < 0), None),
        target_percent=int(TARGET * 100),
        coverage_percent=interval.coverage_percent,
        is_calibrated=interval.is_calibrated,
        back_tests=interval.trials,
        known_days=history.days,
        points=tuple(p for at, p in enumerate(points) if (at + 1) % request.every == 0 or p is last),
        accounts=tuple(ForecastAccountView(s.account.name, s.balance.amount, s.last_transaction_on) for s in chosen),
        stale_accounts=tuple(s.account.name for s in chosen if _is_stale(s, history.end)),
        left_out=left_out(standings, balance.currency),
    )


def _points(end: date, balance: Money, expected: Expectation, interval: Interval) -> list[ForecastPointView]:
    currency = balance.currency
    return [
        ForecastPointView(
            day=end + timedelta(days=ahead),
            expected=Money(balance.amount + moved, currency).amount,
            low=Money(balance.amount + moved - width, currency).amount,
            high=Money(balance.amount + moved + width, currency).amount,
        )
        for ahead, (moved, width) in enumerate(zip(expected.path(), interval.widths, strict=True), start=1)
    ]


def _is_stale(standing: AccountStanding, end: date) -> bool:
    return standing.last_transaction_on is None or end - standing.last_transaction_on > _STALE
