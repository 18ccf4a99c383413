"""Query: systematic investment plans."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from decimal import Decimal

from services.financial.application.investments.get_holdings import other_currencies
from services.financial.application.investments.readers import InvestmentReader, Portfolio
from services.financial.application.investments.views import SipsView, SipView
from services.financial.domain.investments.sip import Sip, find_sips
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class FindSipsRequest:
    """Of accounts in the currency."""

    user_id: UserId
    currency: str = "INR"


class FindSips:
    """Answers with the plans that the purchases on record show."""

    def __init__(self, reader: InvestmentReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: FindSipsRequest) -> SipsView:
        """As they stand today."""
        as_of = today(self._clock)
        portfolio = await self._reader.portfolio(request.user_id, as_of)
        trades = portfolio.in_currency(request.currency)
        found = await asyncio.to_thread(find_sips, trades, as_of)
        return SipsView(
            as_of=as_of,
            currency=request.currency,
            monthly_total=sum((one.monthly_amount for one in found if one.is_active), Decimal("0.00")),
            sips=tuple(_view(portfolio, one) for one in found),
            left_out=tuple(other_currencies(portfolio, request.currency)),
        )


def _view(portfolio: Portfolio, sip: Sip) -> SipView:
    return SipView(
        instrument_id=sip.instrument_id,
        name=portfolio.instruments[sip.instrument_id].name,
        account=portfolio.accounts[sip.account_id].name,
        folio=sip.folio,
        amount=sip.amount,
        previous_amount=sip.previous_amount,
        cadence=sip.cadence,
        day_of_month=sip.day_of_month,
        monthly_amount=sip.monthly_amount,
        instalments=sip.instalments,
        invested=sip.invested,
        first_on=sip.first_on,
        last_on=sip.last_on,
        next_due_on=sip.next_due_on,
        active=sip.is_active,
    )
