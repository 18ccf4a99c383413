"""Response bodies of the routes of AMFI's list."""

from __future__ import annotations

from datetime import date

from services.financial.domain.investments.instrument import AssetClass
from services.financial.presentation.responses import Exact, ViewResponse


class FundResponse(ViewResponse):
    """A scheme of AMFI's list and its newest value."""

    amfi_code: str
    name: str
    isin: str | None
    isin_reinvestment: str | None
    plan: str
    option: str
    category: str
    fund_house: str
    asset_class: AssetClass
    nav: Exact
    nav_on: date
    nav_age_days: int
    stale: bool


class FundsResponse(ViewResponse):
    """The first matches by name."""

    as_of: date
    funds: list[FundResponse]


class RejectedNavLineResponse(ViewResponse):
    """A line that cannot be read, and why."""

    line: int
    reason: str


class NavImportResponse(ViewResponse):
    """What came of AMFI's file."""

    schemes: int
    values: int
    without_value: int
    ahead: int
    oldest_on: date | None
    newest_on: date | None
    age_days: int | None
    rejected_count: int
    rejected: list[RejectedNavLineResponse]
