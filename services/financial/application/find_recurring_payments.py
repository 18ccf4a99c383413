"""Query: payments that come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from services.financial.application.analysis.series_reader import SeriesReader
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today
from services.financial.application.views import RecurringPaymentsView, RecurringPaymentView
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.category import Category
from services.financial.domain.recurring import RecurringPayment, find_recurring, monthly_share
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

# Three years show a yearly payment three times.
_LOOK_BACK: Final = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRecurringPaymentsRequest:
    """Those of one category, or whose payee contains a text in any letter case; all when neither is given."""

    user_id: UserId
    currency: str = "INR"
    category: Category | None = None
    payee: str | None = None


class FindRecurringPayments:
    """Answers with what is paid again and again, as the records of all accounts show it."""

    def __init__(self, reader: FinanceReader, series: SeriesReader, clock: Clock) -> None:
        self._reader = reader
        self._series = series
        self._clock = clock

    async def __call__(self, request: FindRecurringPaymentsRequest) -> RecurringPaymentsView:
        """The payments that still run on the day of the newest record."""
        as_of = (await recorded_or_today(self._reader, self._clock, request.user_id)).end
        payments = await self._series.candidates(request.user_id, as_of - _LOOK_BACK, request.currency, Direction.DEBIT)
        found = [one for one in find_recurring(payments, as_of) if _wanted(one, request)]
        return RecurringPaymentsView(
            as_of=as_of,
            currency=request.currency,
            monthly_total=Money.total((monthly_share(one) for one in found), request.currency).amount,
            payments=tuple(_view(one) for one in found),
            left_out=left_out(await self._reader.standings(request.user_id), request.currency),
        )


def _wanted(found: RecurringPayment, request: FindRecurringPaymentsRequest) -> bool:
    return (request.category is None or found.category is request.category) and (
        request.payee is None or request.payee.casefold() in found.payee.casefold()
    )


def _view(found: RecurringPayment) -> RecurringPaymentView:
    change = found.price_changes[-1] if found.price_changes else None
    return RecurringPaymentView(
        payee=found.payee,
        category=found.category,
        amount=found.amount.amount,
        cadence=found.cadence,
        day_of_month=found.day_of_month,
        last_paid_on=found.last_paid_on,
        next_due_on=found.next_due_on,
        first_paid_on=found.first_paid_on,
        payments=found.occurrences,
        varies=found.variable,
        previous_amount=change.before.amount if change else None,
        price_changed_on=change.since if change else None,
        price_change_percent=change.percent if change else None,
    )
