"""Query: what is due when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from services.financial.application.analysis.recurring_views import BillsCalendarView, BillsDayView, BillView
from services.financial.application.analysis.review_subscriptions import LOOK_BACK
from services.financial.application.analysis.series_reader import SeriesReader
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today, require_between
from services.financial.domain.analysis.bills import Bill, BillStatus, bills, by_day
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.period import Period
from services.financial.domain.recurring import find_recurring
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

MAX_DAYS = 366
_FARTHEST = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class GetBillsCalendarRequest:
    """`days` (1 to 366) from `start` on, which is today when None and lies within five years of today."""

    user_id: UserId
    start: date | None = None
    days: int = 30
    currency: str = "INR"


class GetBillsCalendar:
    """Answers with recurring payments and card bills on the days they are due."""

    def __init__(self, finance: FinanceReader, series: SeriesReader, clock: Clock) -> None:
        self._finance = finance
        self._series = series
        self._clock = clock

    async def __call__(self, request: GetBillsCalendarRequest) -> BillsCalendarView:
        """The calendar; what was due before it and is not on record comes apart."""
        require_between("days", request.days, 1, MAX_DAYS)
        user_id, currency = request.user_id, request.currency
        period = self._period(request)
        as_of = (await recorded_or_today(self._finance, self._clock, user_id)).end
        payments = await self._series.candidates(user_id, as_of - LOOK_BACK, currency, Direction.DEBIT)
        cards = await self._series.card_payments(user_id, as_of - LOOK_BACK, currency)
        found = bills(find_recurring(payments, as_of), cards, period, as_of)
        due = [bill for bill in found if bill.status is BillStatus.UPCOMING]
        return BillsCalendarView(
            from_=period.start,
            to=period.end,
            as_of=as_of,
            currency=currency,
            total=Money.total((bill.amount for bill in due), currency).amount,
            count=len(due),
            days=tuple(_day(day, of_day, currency) for day, of_day in by_day(due)),
            earlier=tuple(_view(bill) for bill in found if bill.status is not BillStatus.UPCOMING),
            left_out=left_out(await self._finance.standings(user_id), currency),
        )

    def _period(self, request: GetBillsCalendarRequest) -> Period:
        now = today(self._clock)
        start = request.start or now
        if abs(start - now) > _FARTHEST:
            raise InvalidInputError(f"from must lie within five years of today, {now}.", extra={"field": "from"})
        return Period(start, start + timedelta(days=request.days - 1))


def _day(day: date, due: tuple[Bill, ...], currency: str) -> BillsDayView:
    total = Money.total((bill.amount for bill in due), currency)
    return BillsDayView(day, total.amount, tuple(_view(bill) for bill in due))


def _view(bill: Bill) -> BillView:
    return BillView(
        due_on=bill.due_on,
        payee=bill.payee,
        category=bill.category,
        amount=bill.amount.amount,
        is_estimate=bill.is_estimate,
        cadence=bill.cadence.value,
        status=bill.status.value,
    )
