"""Response bodies of the investment routes; see the views for what each figure means."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AliasChoices, Field

from services.financial.domain.investments.capital_gains import CostBasis, Term
from services.financial.domain.investments.fund_class import TaxClass
from services.financial.domain.investments.instrument import AssetClass, InstrumentKind
from services.financial.domain.investments.positions import PriceSource
from services.financial.domain.investments.transaction import InvestmentType
from services.financial.domain.investments.xirr import RateOutcome
from services.financial.domain.recurring_schedule import Cadence
from services.financial.presentation.responses import Exact, ViewResponse


class InvestmentLeftOutResponse(ViewResponse):
    """Something that the figures do not include, and why."""

    name: str
    reason: str


class RecordedInvestmentsResponse(ViewResponse):
    """What came of a batch: new, on record already, and instruments seen for the first time."""

    account_id: UUID
    recorded: int
    duplicates: int
    instruments: int


class RecordedHoldingsResponse(ViewResponse):
    """What came of a snapshot."""

    account_id: UUID
    as_of: date
    holdings: int
    instruments: int


class HoldingResponse(ViewResponse):
    """One holding at its newest price; `stale` when that is older than five days."""

    instrument_id: UUID
    name: str
    kind: InstrumentKind
    asset_class: AssetClass
    isin: str | None
    account_id: UUID
    account: str
    folio: str
    units: Exact = Field(examples=["120.50400000"])
    price: Exact | None
    price_on: date | None
    price_source: PriceSource | None
    price_age_days: int | None
    stale: bool
    value: Exact | None
    cost: Exact | None
    gain: Exact | None
    absolute_return_percent: Exact | None


class HoldingsResponse(ViewResponse):
    """All holdings, the most valuable first."""

    as_of: date
    currency: str
    value: Exact
    cost: Exact
    gain: Exact
    absolute_return_percent: Exact | None
    oldest_price_on: date | None
    stale_count: int
    holdings: list[HoldingResponse]
    left_out: list[InvestmentLeftOutResponse]


class ReturnResponse(ViewResponse):
    """A return: yearly (XIRR) and absolute; `reason` says why there is no yearly rate."""

    instrument_id: UUID | None
    name: str
    invested: Exact
    taken_out: Exact
    value: Exact
    gain: Exact
    absolute_return_percent: Exact | None
    xirr_percent: Exact | None
    reason: str | None
    first_on: date | None
    extrapolated: bool


class ReturnsResponse(ViewResponse):
    """The return of the whole and of every instrument."""

    as_of: date
    currency: str
    total: ReturnResponse
    instruments: list[ReturnResponse]
    stale_count: int
    left_out: list[InvestmentLeftOutResponse]


class AllocationShareResponse(ViewResponse):
    """One asset class."""

    asset_class: AssetClass
    value: Exact
    percent: Exact
    target_percent: Exact | None
    drift_percent: Exact | None
    to_move: Exact | None


class AllocationResponse(ViewResponse):
    """How the holdings are spread, and how far that is from the target."""

    as_of: date
    currency: str
    value: Exact
    has_target: bool
    largest_drift_percent: Exact | None
    classes: list[AllocationShareResponse]
    stale_count: int
    left_out: list[InvestmentLeftOutResponse]


class TargetAllocationResponse(ViewResponse):
    """The target as it stands."""

    percents: dict[str, Exact]


class SipResponse(ViewResponse):
    """A systematic investment plan."""

    instrument_id: UUID
    name: str
    account: str
    folio: str
    amount: Exact
    previous_amount: Exact | None
    cadence: Cadence
    day_of_month: int
    monthly_amount: Exact
    instalments: int
    invested: Exact
    first_on: date
    last_on: date
    next_due_on: date
    active: bool


class SipsResponse(ViewResponse):
    """The plans that purchases show, running ones first."""

    as_of: date
    currency: str
    monthly_total: Exact
    sips: list[SipResponse]
    left_out: list[InvestmentLeftOutResponse]


class InvestmentTransactionResponse(ViewResponse):
    """A transaction on record."""

    id: UUID = Field(validation_alias=AliasChoices("transaction_id", "id"))
    instrument_id: UUID
    name: str
    account_id: UUID
    folio: str
    type: InvestmentType
    traded_on: date
    units: Exact
    price: Exact | None
    amount: Exact
    charges: Exact
    ratio: Exact | None
    source: str


class InvestmentPageResponse(ViewResponse):
    """One page, newest first."""

    transactions: list[InvestmentTransactionResponse]
    next_cursor: str | None = Field(description="Ask for the next page with it; null on the last page.")


class GainLineResponse(ViewResponse):
    """Units of one lot that were sold."""

    name: str
    isin: str | None
    tax_class: TaxClass
    acquired_on: date
    sold_on: date
    units: Exact
    cost: Exact
    cost_basis: CostBasis
    proceeds: Exact
    gain: Exact
    term: Term
    section: str
    rate_percent: Exact | None = Field(description="null: at the slab rate")
    bonus: bool


class GainBucketResponse(ViewResponse):
    """Gains of one term and rate."""

    term: Term
    section: str
    rate_percent: Exact | None
    gains: Exact
    losses: Exact
    set_off: Exact
    exempted: Exact
    taxable: Exact
    tax: Exact | None
    unused_loss: Exact


class CapitalGainsResponse(ViewResponse):
    """The gains of a financial year: an estimate, not advice."""

    financial_year: str = Field(examples=["2025-26"])
    as_of: date
    currency: str
    short_term_gain: Exact
    long_term_gain: Exact
    exemption_used: Exact
    exemption_left: Exact
    taxable_at_slab_rate: Exact
    tax_at_special_rates: Exact
    short_loss_to_carry: Exact
    long_loss_to_carry: Exact
    buckets: list[GainBucketResponse]
    sales: int
    lines: list[GainLineResponse]
    rules_checked_on: date
    sources: list[str]
    assumptions: list[str]
    note: str
    left_out: list[InvestmentLeftOutResponse]


class XirrResponse(ViewResponse):
    """The yearly rate of the flows, or why there is none."""

    outcome: RateOutcome
    xirr_percent: Exact | None = Field(examples=["37.336253"])
    reason: str | None
    candidates_percent: list[Exact]
    put_in: Exact
    came_out: Exact
