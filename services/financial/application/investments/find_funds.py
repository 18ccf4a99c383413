"""Query: look funds up in AMFI's list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.financial.application.investments.readers import FundRegister
from services.financial.application.record_span import require_between
from services.financial.domain.investments.amfi import SchemeNav
from services.financial.domain.investments.fund_class import fund_asset_class
from services.financial.domain.investments.instrument import AssetClass
from services.financial.domain.investments.positions import STALE_AFTER_DAYS
from services.shared.domain.clock import Clock, today
from services.shared.domain.text import clean_text

MAX_FUNDS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FindFundsRequest:
    """`text` is a scheme code, an ISIN, or words of the name in any order; `limit` is 1 to 50."""

    text: str
    limit: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class FundView:
    """A scheme and its newest value; a value older than five days is `stale`."""

    amfi_code: str
    name: str
    isin: str | None
    isin_reinvestment: str | None
    plan: str
    option: str
    category: str
    fund_house: str
    asset_class: AssetClass
    nav: Decimal
    nav_on: date
    nav_age_days: int
    stale: bool


@dataclass(frozen=True, slots=True)
class FundsView:
    """The first matches by name."""

    as_of: date
    funds: tuple[FundView, ...]


class FindFunds:
    """Answers from the list that was imported last."""

    def __init__(self, register: FundRegister, clock: Clock) -> None:
        self._register = register
        self._clock = clock

    async def __call__(self, request: FindFundsRequest) -> FundsView:
        """InvalidInputError for an empty text or a limit out of bounds."""
        require_between("limit", request.limit, 1, MAX_FUNDS)
        text = clean_text(request.text, what="The text to look for", limit=200)
        day = today(self._clock)
        found = await self._register.search(text, request.limit)
        return FundsView(day, tuple(_view(one, day) for one in found))


def _view(one: SchemeNav, day: date) -> FundView:
    age = (day - one.nav_on).days
    return FundView(
        amfi_code=one.amfi_code,
        name=one.name,
        isin=one.isin,
        isin_reinvestment=one.isin_reinvestment,
        plan=one.plan,
        option=one.option,
        category=one.category,
        fund_house=one.fund_house,
        asset_class=fund_asset_class(one.category, one.name),
        nav=one.nav,
        nav_on=one.nav_on,
        nav_age_days=age,
        stale=age > STALE_AFTER_DAYS,
    )
