"""Query: what is held, and what it is worth."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.application.investments.readers import InvestmentReader, Portfolio
from services.financial.application.investments.views import HoldingsView, HoldingView, InvestmentLeftOutView
from services.financial.domain.investments.positions import Position
from services.financial.domain.investments.returns import absolute_return_percent
from services.shared.domain.clock import Clock, today
from services.shared.domain.errors import InvalidInputError
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetHoldingsRequest:
    """At the end of `as_of`; today when it is None."""

    user_id: UserId
    currency: str = "INR"
    as_of: date | None = None


class GetHoldings:
    """Answers with every holding at its newest price, each price with its age."""

    def __init__(self, reader: InvestmentReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetHoldingsRequest) -> HoldingsView:
        """The holdings of accounts in the currency; InvalidInputError for a day ahead."""
        as_of = day_or_today(request.as_of, self._clock)
        portfolio = await self._reader.portfolio(request.user_id, as_of)
        return await asyncio.to_thread(_holdings, portfolio, request.currency)


def _holdings(portfolio: Portfolio, currency: str) -> HoldingsView:
    as_of, found = portfolio.as_of, portfolio.positions(currency)
    value = sum((one.value or Decimal("0.00") for one in found), Decimal("0.00"))
    known = [one for one in found if one.cost is not None and one.value is not None]
    cost = sum((one.cost or Decimal("0.00") for one in known), Decimal("0.00"))
    worth = sum((one.value or Decimal("0.00") for one in known), Decimal("0.00"))
    return HoldingsView(
        as_of=as_of,
        currency=currency,
        value=value,
        cost=cost,
        gain=worth - cost,
        absolute_return_percent=absolute_return_percent(cost, worth),
        oldest_price_on=min((one.quote.on for one in found if one.quote), default=None),
        stale_count=sum(one.is_stale(as_of) for one in found),
        holdings=tuple(_view(portfolio, one) for one in found),
        left_out=(*unpriced(portfolio, found), *other_currencies(portfolio, currency)),
    )


def day_or_today(day: date | None, clock: Clock) -> date:
    """The day that was asked for, which must not lie ahead, else today."""
    now = today(clock)
    if day is not None and day > now:
        raise InvalidInputError("as_of must not lie ahead.", extra={"field": "as_of"})
    return day or now


def unpriced(portfolio: Portfolio, found: Sequence[Position]) -> list[InvestmentLeftOutView]:
    """Holdings whose value nobody told."""
    return [
        InvestmentLeftOutView(portfolio.instruments[one.key.instrument_id].name, "No price of it is known.")
        for one in found
        if one.value is None
    ]


def other_currencies(portfolio: Portfolio, currency: str) -> list[InvestmentLeftOutView]:
    """Accounts that are in another currency than the view."""
    return [
        InvestmentLeftOutView(label.name, f"It is in {label.currency}.")
        for label in portfolio.accounts.values()
        if label.currency != currency
    ]


def _view(portfolio: Portfolio, one: Position) -> HoldingView:
    instrument = portfolio.instruments[one.key.instrument_id]
    is_known = one.cost is not None and one.value is not None
    return HoldingView(
        instrument_id=instrument.id,
        name=instrument.name,
        kind=instrument.kind,
        asset_class=portfolio.asset_class(instrument.id),
        isin=instrument.isin,
        account_id=one.key.account_id,
        account=portfolio.accounts[one.key.account_id].name,
        folio=one.key.folio,
        units=one.units,
        price=one.quote.price if one.quote else None,
        price_on=one.quote.on if one.quote else None,
        price_source=one.quote.source if one.quote else None,
        price_age_days=one.age_days(portfolio.as_of),
        stale=one.is_stale(portfolio.as_of),
        value=one.value,
        cost=one.cost,
        gain=(one.value or Decimal("0.00")) - (one.cost or Decimal("0.00")) if is_known else None,
        absolute_return_percent=absolute_return_percent(one.cost or Decimal("0.00"), one.value or Decimal("0.00"))
        if is_known
        else None,
    )
