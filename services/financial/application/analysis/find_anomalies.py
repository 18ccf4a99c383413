"""Query: payments that are unlike the person's others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from services.financial.application.analysis.oddities_reader import OdditiesReader, Search
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today, require_between
from services.financial.application.views import LeftOutView
from services.financial.domain.analysis.anomalies import (
    Anomaly,
    Finding,
    anomalies,
    duplicate,
    first_time_large,
    measured_from,
    unusual_for_category,
    unusual_for_payee,
)
from services.financial.domain.category import Category
from services.financial.domain.filters import Grouping, TransactionFilter
from services.financial.domain.period import Month, Period
from services.financial.domain.summary import SPENDING_CATEGORIES
from services.shared.domain.clock import Clock
from services.shared.domain.ids import TransactionId, UserId

MAX_DAYS = 366
MAX_LIMIT = 100
# What is usual is told by two years.
_KNOWN: Final = timedelta(days=731)
# How many each search may hand over; the domain's rules leave few of them.
_SUSPECTS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class FindAnomaliesRequest:
    """Among the last `days` (1 to 366) up to the newest record; at most `limit` (1 to 100) are listed."""

    user_id: UserId
    days: int = 90
    limit: int = 50
    currency: str = "INR"


@dataclass(frozen=True, slots=True)
class AnomalyView:
    """A payment that stands out; `kind` is its most telling reason, `kinds` are all, and `reason` says them in words.

    `usual` is the median it was measured by and `score` its modified z-score; None for a duplicate, whose earlier
    charge is `related_transaction_id`.
    """

    kind: str
    kinds: tuple[str, ...]
    transaction_id: TransactionId
    date: date
    payee: str
    category: Category
    account: str
    amount: Decimal
    currency: str
    usual: Decimal | None
    score: Decimal | None
    related_transaction_id: TransactionId | None
    reason: str


@dataclass(frozen=True, slots=True)
class AnomaliesView:
    """What stands out, newest first; `count` is of all that was found. Measured by the payments since `known_from`.

    Money in and transfers between own accounts are not looked at.
    """

    from_: date
    to: date
    known_from: date
    as_of: date
    currency: str
    count: int
    anomalies: tuple[AnomalyView, ...]
    left_out: tuple[LeftOutView, ...]


class FindAnomalies:
    """Answers with unusual amounts by payee and by category, charges taken twice, and large first payments."""

    def __init__(self, finance: FinanceReader, oddities: OdditiesReader, clock: Clock) -> None:
        self._finance = finance
        self._oddities = oddities
        self._clock = clock

    async def __call__(self, request: FindAnomaliesRequest) -> AnomaliesView:
        """Every anomaly with its reasons in words and figures."""
        require_between("days", request.days, 1, MAX_DAYS)
        require_between("limit", request.limit, 1, MAX_LIMIT)
        span = await recorded_or_today(self._finance, self._clock, request.user_id)
        window = Period(span.end - timedelta(days=request.days - 1), span.end)
        search = Search(
            user_id=request.user_id,
            known=Period(min(window.start, await self._known_from(request, span)), span.end),
            window=window,
            currency=request.currency,
            limit=_SUSPECTS,
        )
        found = anomalies([finding async for finding in self._findings(search, span.start)])
        return AnomaliesView(
            from_=window.start,
            to=window.end,
            known_from=search.known.start,
            as_of=span.end,
            currency=request.currency,
            count=len(found),
            anomalies=tuple(_view(anomaly) for anomaly in found[: request.limit]),
            left_out=left_out(await self._finance.standings(request.user_id), request.currency),
        )

    async def _known_from(self, request: FindAnomaliesRequest, span: Period) -> date:
        earliest = max(span.start, span.end - _KNOWN)
        spent = TransactionFilter(user_id=request.user_id, start=earliest, categories=SPENDING_CATEGORIES)
        months = await self._finance.totals(spent, Grouping.MONTH, request.currency)
        return measured_from(earliest, {Month.parse(month.key): month.count for month in months})

    async def _findings(self, search: Search, records_since: date) -> AsyncIterator[Finding]:
        for repeat in await self._oddities.repeats(search):
            if found := duplicate(repeat.charge, repeat.earlier, repeat.habit):
                yield found
        for newcomer in await self._oddities.newcomers(search):
            if found := first_time_large(newcomer.charge, newcomer.everything, newcomer.large, records_since):
                yield found
        for suspect in await self._oddities.far_from_payee(search):
            if found := unusual_for_payee(suspect.charge, suspect.spread, suspect.everyday, suspect.year_before):
                yield found
        for suspect in await self._oddities.far_from_category(search):
            if found := unusual_for_category(suspect.charge, suspect.spread, suspect.everyday, suspect.of_payee):
                yield found


def _view(anomaly: Anomaly) -> AnomalyView:
    first, charge = anomaly.findings[0], anomaly.charge
    measured = next((finding for finding in anomaly.findings if finding.usual is not None), first)
    return AnomalyView(
        kind=first.kind.value,
        kinds=tuple(finding.kind.value for finding in anomaly.findings),
        transaction_id=charge.transaction_id,
        date=charge.booked_on,
        payee=charge.payee,
        category=charge.category,
        account=charge.account,
        amount=charge.amount.amount,
        currency=charge.amount.currency,
        usual=None if measured.usual is None else measured.usual.amount,
        score=measured.score,
        related_transaction_id=next((f.related.transaction_id for f in anomaly.findings if f.related), None),
        reason=" ".join(finding.reason for finding in anomaly.findings),
    )
