"""Query: subscriptions, what they cost, and which are worth a second look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.financial.application.analysis.recurring_views import (
    EndedSubscriptionView,
    ReasonView,
    SubscriptionsView,
    SubscriptionView,
)
from services.financial.application.analysis.series_reader import SeriesReader
from services.financial.application.readers import FinanceReader
from services.financial.application.record_span import left_out, recorded_or_today
from services.financial.domain.analysis.subscriptions import Purchases, Reason, brand, is_subscription, reasons
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.recurring import RecurringPayment, find_all_recurring, monthly_share
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money

# Three years show a yearly payment three times.
LOOK_BACK: Final = timedelta(days=3 * 366)
_PURCHASES_IN: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSubscriptionsRequest:
    """Whose."""

    user_id: UserId
    currency: str = "INR"


class ReviewSubscriptions:
    """Answers with each running subscription, its price and its signs, and with those that ended."""

    def __init__(self, finance: FinanceReader, series: SeriesReader, clock: Clock) -> None:
        self._finance = finance
        self._series = series
        self._clock = clock

    async def __call__(self, request: ReviewSubscriptionsRequest) -> SubscriptionsView:
        """The review, as the records of all accounts show it."""
        user_id, currency = request.user_id, request.currency
        as_of = (await recorded_or_today(self._finance, self._clock, user_id)).end
        payments = await self._series.candidates(user_id, as_of - LOOK_BACK, currency, Direction.DEBIT)
        found = [one for one in find_all_recurring(payments) if is_subscription(one)]
        running = [one for one in found if one.runs_on(as_of)]
        purchases = await self._other_purchases(user_id, currency, running, as_of)
        shown = sorted(
            ((one, reasons(one, running, purchases, as_of)) for one in running),
            key=lambda pair: (-monthly_share(pair[0]).amount, pair[0].payee),
        )
        unused = [one for one, why in shown if any(reason.sign.suggests_unused for reason in why)]
        return SubscriptionsView(
            as_of=as_of,
            currency=currency,
            count=len(running),
            monthly_total=Money.total((monthly_share(one) for one in running), currency).amount,
            yearly_total=Money.total((_yearly(one) for one in running), currency).amount,
            maybe_unused=len(unused),
            maybe_unused_yearly=Money.total((_yearly(one) for one in unused), currency).amount,
            subscriptions=tuple(_view(one, why) for one, why in shown),
            ended=tuple(_ended_view(one) for one in found if not one.runs_on(as_of)),
            left_out=left_out(await self._finance.standings(user_id), currency),
        )

    async def _other_purchases(
        self, user_id: UserId, currency: str, running: Sequence[RecurringPayment], as_of: date
    ) -> list[Purchases]:
        """Payments of the last year to payees of the same brands that are no subscription themselves."""
        brands = {brand(one.payee) for one in running} - {""}
        own = {one.payee for one in running}
        if not brands:
            return []
        found = await self._series.purchases(user_id, brands, as_of - _PURCHASES_IN, currency)
        return [one for one in found if one.payee not in own]


def _yearly(one: RecurringPayment) -> Money:
    return monthly_share(one) * 12


def _view(one: RecurringPayment, why: Sequence[Reason]) -> SubscriptionView:
    change = one.price_changes[-1] if one.price_changes else None
    return SubscriptionView(
        payee=one.payee,
        category=one.category,
        amount=one.amount.amount,
        cadence=one.cadence.value,
        monthly_cost=monthly_share(one).amount,
        yearly_cost=_yearly(one).amount,
        first_paid_on=one.first_paid_on,
        last_paid_on=one.last_paid_on,
        next_due_on=one.next_due_on,
        payments=one.occurrences,
        total_paid=one.total_paid.amount,
        previous_amount=change.before.amount if change else None,
        price_changed_on=change.since if change else None,
        price_change_percent=change.percent if change else None,
        reasons=tuple(ReasonView(reason.sign.value, reason.sign.suggests_unused, reason.text) for reason in why),
    )


def _ended_view(one: RecurringPayment) -> EndedSubscriptionView:
    return EndedSubscriptionView(
        payee=one.payee,
        amount=one.amount.amount,
        cadence=one.cadence.value,
        first_paid_on=one.first_paid_on,
        last_paid_on=one.last_paid_on,
        payments=one.occurrences,
        total_paid=one.total_paid.amount,
    )
