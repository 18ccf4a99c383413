"""Query: how investments did."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.financial.application.investments.get_holdings import day_or_today, other_currencies, unpriced
from services.financial.application.investments.readers import InvestmentReader, Portfolio
from services.financial.application.investments.views import InvestmentLeftOutView, ReturnsView, ReturnView
from services.financial.domain.investments.flows import cash_flows, put_in
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.lots import replay
from services.financial.domain.investments.positions import Position
from services.financial.domain.investments.returns import percent_of
from services.financial.domain.investments.transaction import InvestmentTransaction
from services.financial.domain.investments.xirr import xirr
from services.shared.domain.clock import Clock
from services.shared.domain.errors import NotFoundError
from services.shared.domain.ids import UserId

_UNEXPLAINED: Final = "The transactions on record do not add up to what is held, so its return cannot be told."


class InstrumentNotFoundError(NotFoundError):
    """No such instrument among the person's own."""

    code = "instrument-not-found"

    def __init__(self) -> None:
        super().__init__("There is no such instrument among yours. GET /api/v1/investments/holdings lists them.")


@dataclass(frozen=True, slots=True, kw_only=True)
class GetReturnsRequest:
    """At the end of `as_of`; today when it is None. Of one instrument when it is given."""

    user_id: UserId
    currency: str = "INR"
    as_of: date | None = None
    instrument_id: InstrumentId | None = None


class GetReturns:
    """Answers with XIRR and absolute return, of the whole and of every instrument that was ever held.

    Instruments whose transactions do not add up to their units are left out of both, and named.
    """

    def __init__(self, reader: InvestmentReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetReturnsRequest) -> ReturnsView:
        """InstrumentNotFoundError for one that is not the person's, InvalidInputError for a day ahead."""
        as_of = day_or_today(request.as_of, self._clock)
        portfolio = await self._reader.portfolio(request.user_id, as_of)
        wanted = request.instrument_id
        if wanted is not None and wanted not in portfolio.instruments:
            raise InstrumentNotFoundError
        return await asyncio.to_thread(_returns, portfolio, request)


def _returns(portfolio: Portfolio, request: GetReturnsRequest) -> ReturnsView:
    wanted, as_of = request.instrument_id, portfolio.as_of
    held = [one for one in portfolio.positions(request.currency) if wanted in (None, one.key.instrument_id)]
    trades = [one for one in portfolio.in_currency(request.currency) if wanted in (None, one.instrument_id)]
    unexplained = _unexplained(held, trades)
    told = [one for one in held if one.key.instrument_id not in unexplained]
    explained = [one for one in trades if one.instrument_id not in unexplained]
    parts = [
        _return(
            portfolio.instruments[instrument_id].name,
            instrument_id,
            trades_of,
            [one for one in told if one.key.instrument_id == instrument_id],
            as_of,
        )
        for instrument_id, trades_of in _by_instrument(explained).items()
    ]
    missing = [InvestmentLeftOutView(portfolio.instruments[one].name, _UNEXPLAINED) for one in unexplained]
    return ReturnsView(
        as_of=as_of,
        currency=request.currency,
        total=_return("All investments", None, explained, told, as_of),
        instruments=tuple(sorted(parts, key=lambda part: (-part.value, -part.invested, part.name))),
        stale_count=sum(one.is_stale(as_of) for one in told),
        left_out=(*missing, *unpriced(portfolio, told), *_others(portfolio, request)),
    )


def _by_instrument(trades: Sequence[InvestmentTransaction]) -> dict[InstrumentId, list[InvestmentTransaction]]:
    found: dict[InstrumentId, list[InvestmentTransaction]] = defaultdict(list)
    for one in trades:
        found[one.instrument_id].append(one)
    return found


def _others(portfolio: Portfolio, request: GetReturnsRequest) -> list[InvestmentLeftOutView]:
    return other_currencies(portfolio, request.currency) if request.instrument_id is None else []


def _unexplained(held: Sequence[Position], trades: Sequence[InvestmentTransaction]) -> list[InstrumentId]:
    """Instruments with units that no purchase on record explains, or sales without one, in the order of value."""
    found = dict.fromkeys(one.key.instrument_id for one in held if not one.is_explained)
    books = replay(trades)
    found |= dict.fromkeys(key.instrument_id for key, book in books.items() if book.unmatched)
    explained = {one.key.instrument_id for one in held}
    # A custodian that holds nothing of what the transactions still hold contradicts them as well.
    found |= dict.fromkeys(
        k.instrument_id for k, b in books.items() if b.units > 0 and k.instrument_id not in explained
    )
    return list(found)


def _return(
    name: str,
    instrument_id: InstrumentId | None,
    trades: Sequence[InvestmentTransaction],
    held: Sequence[Position],
    as_of: date,
) -> ReturnView:
    flows = cash_flows(trades, held, as_of)
    value = sum((one.value or Decimal("0.00") for one in held), Decimal("0.00"))
    invested = put_in(cash_flows(trades, [], as_of))
    gain = sum((flow.amount for flow in flows), Decimal("0.00"))
    rate = xirr(flows)
    first = min((flow.day for flow in flows), default=None)
    return ReturnView(
        instrument_id=instrument_id,
        name=name,
        invested=invested,
        taken_out=gain + invested - value,
        value=value,
        gain=gain,
        absolute_return_percent=percent_of(gain, invested) if invested else None,
        xirr_percent=None if rate.rate is None else (rate.rate * 100).quantize(Decimal("0.01")),
        reason=rate.reason or None,
        first_on=first,
        extrapolated=first is not None and (as_of - first).days < 365,
    )
