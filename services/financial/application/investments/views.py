"""What the queries over investments answer.

Money and units are exact Decimals; percent have two decimals. Figures are in one currency, the view's; what they cannot
include is named in `left_out` with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.financial.domain.investments.instrument import AssetClass, InstrumentId, InstrumentKind
from services.financial.domain.investments.positions import PriceSource
from services.financial.domain.investments.transaction import InvestmentTransactionId, InvestmentType
from services.financial.domain.recurring_schedule import Cadence
from services.shared.domain.ids import AccountId


@dataclass(frozen=True, slots=True)
class InvestmentLeftOutView:
    """Something that the figures do not include, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingView:
    """One holding. `price_age_days` is counted to `as_of`; a price older than five days is `stale`.

    `gain` is value less cost of the units held; None, as `absolute_return_percent`, when the cost is unknown.
    """

    instrument_id: InstrumentId
    name: str
    kind: InstrumentKind
    asset_class: AssetClass
    isin: str | None
    account_id: AccountId
    account: str
    folio: str
    units: Decimal
    price: Decimal | None
    price_on: date | None
    price_source: PriceSource | None
    price_age_days: int | None
    stale: bool
    value: Decimal | None
    cost: Decimal | None
    gain: Decimal | None
    absolute_return_percent: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingsView:
    """All holdings, the most valuable first. `cost` and `gain` are of the holdings whose cost is known."""

    as_of: date
    currency: str
    value: Decimal
    cost: Decimal
    gain: Decimal
    absolute_return_percent: Decimal | None
    oldest_price_on: date | None
    stale_count: int
    holdings: tuple[HoldingView, ...]
    left_out: tuple[InvestmentLeftOutView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnView:
    """A return. `xirr_percent` is the yearly rate, None with the `reason` when there is none.

    `invested` is all that was ever put in, `taken_out` what came back, dividends included, `value` what is held;
    `gain` is value plus taken_out less invested, `absolute_return_percent` gain over invested. Under a year the yearly
    rate is extrapolated, which `extrapolated` says.
    """

    instrument_id: InstrumentId | None
    name: str
    invested: Decimal
    taken_out: Decimal
    value: Decimal
    gain: Decimal
    absolute_return_percent: Decimal | None
    xirr_percent: Decimal | None
    reason: str | None
    first_on: date | None
    extrapolated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnsView:
    """The return of everything that the transactions explain, and of each instrument, the largest first."""

    as_of: date
    currency: str
    total: ReturnView
    instruments: tuple[ReturnView, ...]
    stale_count: int
    left_out: tuple[InvestmentLeftOutView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationShareView:
    """One asset class; see ClassShare."""

    asset_class: AssetClass
    value: Decimal
    percent: Decimal
    target_percent: Decimal | None
    drift_percent: Decimal | None
    to_move: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationView:
    """How the holdings are spread; `largest_drift_percent` is the largest drift in size, None without a target."""

    as_of: date
    currency: str
    value: Decimal
    has_target: bool
    largest_drift_percent: Decimal | None
    classes: tuple[AllocationShareView, ...]
    stale_count: int
    left_out: tuple[InvestmentLeftOutView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SipView:
    """A systematic investment plan; see Sip."""

    instrument_id: InstrumentId
    name: str
    account: str
    folio: str
    amount: Decimal
    previous_amount: Decimal | None
    cadence: Cadence
    day_of_month: int
    monthly_amount: Decimal
    instalments: int
    invested: Decimal
    first_on: date
    last_on: date
    next_due_on: date
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SipsView:
    """The plans, running ones first; `monthly_total` is what the running ones come to in an average month."""

    as_of: date
    currency: str
    monthly_total: Decimal
    sips: tuple[SipView, ...]
    left_out: tuple[InvestmentLeftOutView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentTransactionView:
    """A transaction on record; see InvestmentLine for its figures."""

    transaction_id: InvestmentTransactionId
    instrument_id: InstrumentId
    name: str
    account_id: AccountId
    folio: str
    type: InvestmentType
    traded_on: date
    units: Decimal
    price: Decimal | None
    amount: Decimal
    charges: Decimal
    ratio: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class InvestmentPageView:
    """One page, newest first; `next_cursor` leads to the next and is None on the last."""

    transactions: tuple[InvestmentTransactionView, ...]
    next_cursor: str | None
