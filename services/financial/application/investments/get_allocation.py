"""Query: how investments are spread, and how far that is from the target."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from services.financial.application.investments.get_holdings import day_or_today, other_currencies, unpriced
from services.financial.application.investments.readers import InvestmentReader
from services.financial.application.investments.views import AllocationShareView, AllocationView
from services.financial.domain.investments.allocation import allocation
from services.financial.domain.investments.instrument import AssetClass
from services.shared.domain.clock import Clock
from services.shared.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAllocationRequest:
    """At the end of `as_of`; today when it is None."""

    user_id: UserId
    currency: str = "INR"
    as_of: date | None = None


class GetAllocation:
    """Answers with the share of every asset class and, with a target, its drift and what would have to be moved."""

    def __init__(self, reader: InvestmentReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetAllocationRequest) -> AllocationView:
        """Of the holdings in the currency; InvalidInputError for a day ahead."""
        as_of = day_or_today(request.as_of, self._clock)
        portfolio = await self._reader.portfolio(request.user_id, as_of)
        target = await self._reader.target(request.user_id)
        found = await asyncio.to_thread(portfolio.positions, request.currency)
        values: dict[AssetClass, Decimal] = defaultdict(Decimal)
        for one in found:
            if one.value is not None:
                values[portfolio.asset_class(one.key.instrument_id)] += one.value
        shares = allocation(values, target)
        drifts = [abs(one.drift_percent) for one in shares if one.drift_percent is not None]
        return AllocationView(
            as_of=as_of,
            currency=request.currency,
            value=sum(values.values(), Decimal("0.00")),
            has_target=bool(target),
            largest_drift_percent=max(drifts, default=None),
            classes=tuple(AllocationShareView(**asdict(one)) for one in shares),
            stale_count=sum(one.is_stale(as_of) for one in found),
            left_out=(*unpriced(portfolio, found), *other_currencies(portfolio, request.currency)),
        )
