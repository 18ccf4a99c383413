"""Query: the capital gains of a financial year."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from services.financial.application.investments.get_holdings import other_currencies
from services.financial.application.investments.readers import InvestmentReader, Portfolio
from services.financial.application.investments.views import InvestmentLeftOutView
from services.financial.domain.financial_year import FinancialYear
from services.financial.domain.investments.capital_gains import (
    CostBasis,
    GainBucket,
    TaxedDisposal,
    Term,
    buckets_of,
    sold_in,
    taxed_disposals,
)
from services.financial.domain.investments.fund_class import TaxClass, tax_class
from services.financial.domain.investments.gain_rules import GainRules, load_gain_rules
from services.financial.domain.investments.instrument import InstrumentId
from services.financial.domain.investments.lots import VALUED_ON, LotBook, replay
from services.shared.domain.clock import Clock, today
from services.shared.domain.ids import UserId

_ZERO: Final = Decimal("0.00")
MAX_SALES: Final = 2_000
ESTIMATE: Final = (
    "An estimate from the records, not advice: before surcharge and cess, without losses brought forward, under the "
    "rules for a resident individual."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GetCapitalGainsRequest:
    """Of a financial year; the running one when it is None."""

    user_id: UserId
    financial_year: FinancialYear | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLineView:
    """Units of one lot that were sold. `cost` is what the law takes as cost, on the `cost_basis`."""

    name: str
    isin: str | None
    tax_class: TaxClass
    acquired_on: date
    sold_on: date
    units: Decimal
    cost: Decimal
    cost_basis: CostBasis
    proceeds: Decimal
    gain: Decimal
    term: Term
    section: str
    rate_percent: Decimal | None
    bonus: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GainBucketView:
    """See GainBucket; a `rate_percent` and `tax` of None are at the person's slab rate."""

    term: Term
    section: str
    rate_percent: Decimal | None
    gains: Decimal
    losses: Decimal
    set_off: Decimal
    exempted: Decimal
    taxable: Decimal
    tax: Decimal | None
    unused_loss: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitalGainsView:
    """A year's gains. `tax_at_special_rates` leaves out `taxable_at_slab_rate`, whose tax depends on other income.

    `short_loss_to_carry` and `long_loss_to_carry` may be set off in the next eight years (section 74). `sales` counts
    the lots sold; the first 2,000 are listed.
    """

    financial_year: str
    as_of: date
    currency: str
    short_term_gain: Decimal
    long_term_gain: Decimal
    exemption_used: Decimal
    exemption_left: Decimal
    taxable_at_slab_rate: Decimal
    tax_at_special_rates: Decimal
    short_loss_to_carry: Decimal
    long_loss_to_carry: Decimal
    buckets: tuple[GainBucketView, ...]
    sales: int
    lines: tuple[GainLineView, ...]
    rules_checked_on: date
    sources: tuple[str, ...]
    assumptions: tuple[str, ...]
    note: str
    left_out: tuple[InvestmentLeftOutView, ...]


class GetCapitalGains:
    """Answers with the gains of every lot sold in the year, first in first out, and what tax they come to."""

    def __init__(self, reader: InvestmentReader, clock: Clock) -> None:
        self._reader = reader
        self._clock = clock

    async def __call__(self, request: GetCapitalGainsRequest) -> CapitalGainsView:
        """InvalidInputError for a year whose rules are not known. Only rupee accounts are counted."""
        rules = load_gain_rules()
        year = request.financial_year or FinancialYear.of(today(self._clock))
        rules.require_year(year)
        portfolio = await self._reader.portfolio(request.user_id, min(year.last, today(self._clock)))
        fair_values = await self._fair_values(request.user_id, portfolio)
        return await asyncio.to_thread(_gains, portfolio, year, fair_values, rules)

    async def _fair_values(self, user_id: UserId, portfolio: Portfolio) -> dict[InstrumentId, Decimal]:
        """What the person recorded, else AMFI's value of the day where it is on record."""
        values = dict(await self._reader.fund_values_on(user_id, VALUED_ON))
        own = ((one.id, one.fmv_2018_01_31) for one in portfolio.instruments.values())
        return values | {key: value for key, value in own if value is not None}


def _gains(
    portfolio: Portfolio, year: FinancialYear, fair_values: Mapping[InstrumentId, Decimal], rules: GainRules
) -> CapitalGainsView:
    books = replay(portfolio.in_currency("INR"))
    classes, assumptions = _classes(portfolio)
    sold = sold_in([one for book in books.values() for one in book.disposals], year)
    taxed = taxed_disposals(sold, classes, fair_values, rules)
    buckets = buckets_of(taxed, year, rules)
    allowance, source = rules.exemption(year)
    exempted = sum((one.exempted for one in buckets), _ZERO)
    used = {rules.rule(one.tax_class, one.disposal.acquired_on, one.disposal.sold_on).source: None for one in taxed}
    return CapitalGainsView(
        financial_year=str(year),
        as_of=portfolio.as_of,
        currency="INR",
        short_term_gain=_sum_of(taxed, Term.SHORT),
        long_term_gain=_sum_of(taxed, Term.LONG),
        exemption_used=exempted,
        exemption_left=allowance - exempted,
        taxable_at_slab_rate=sum((one.taxable for one in buckets if one.rate is None), _ZERO),
        tax_at_special_rates=sum((one.tax or _ZERO for one in buckets), _ZERO),
        short_loss_to_carry=sum((one.unused_loss for one in buckets if one.term is Term.SHORT), _ZERO),
        long_loss_to_carry=sum((one.unused_loss for one in buckets if one.term is Term.LONG), _ZERO),
        buckets=tuple(_bucket(one) for one in buckets),
        sales=len(taxed),
        lines=tuple(_line(portfolio, one) for one in taxed[:MAX_SALES]),
        rules_checked_on=rules.checked_on,
        sources=(*used, source),
        assumptions=_assumptions(portfolio, taxed, assumptions),
        note=ESTIMATE,
        left_out=(*_left_out(portfolio, books.values(), classes, year), *other_currencies(portfolio, "INR")),
    )


def _classes(portfolio: Portfolio) -> tuple[dict[InstrumentId, TaxClass], dict[InstrumentId, str]]:
    classes: dict[InstrumentId, TaxClass] = {}
    assumptions: dict[InstrumentId, str] = {}
    for instrument in portfolio.instruments.values():
        known = portfolio.with_asset_class(instrument.id)
        found, assumed = tax_class(known, portfolio.categories.get(instrument.id, ""))
        if found is not None:
            classes[instrument.id] = found
            assumptions[instrument.id] = assumed
    return classes, assumptions


def _assumptions(
    portfolio: Portfolio, taxed: Sequence[TaxedDisposal], assumed: Mapping[InstrumentId, str]
) -> tuple[str, ...]:
    told: dict[str, None] = {}
    for one in taxed:
        instrument_id = one.disposal.key.instrument_id
        name = portfolio.instruments[instrument_id].name
        if assumed[instrument_id]:
            told[f"{name}: {assumed[instrument_id]}."] = None
        if one.lacks_fair_value:
            told[
                f"{name}: its value on 31 January 2018 is not on record, so the actual cost was taken. The gain may be "
                f"lower."
            ] = None
    return tuple(told)


def _left_out(
    portfolio: Portfolio, books: Iterable[LotBook], classes: Mapping[InstrumentId, TaxClass], year: FinancialYear
) -> list[InvestmentLeftOutView]:
    told = []
    for book in books:
        name = portfolio.instruments[book.key.instrument_id].name
        missing = sum((one.units for one in book.unmatched if one.sold_on in year), _ZERO)
        if missing:
            told.append(
                InvestmentLeftOutView(name, f"{missing.normalize():f} units were sold without a purchase on record.")
            )
        if book.key.instrument_id not in classes and sold_in(book.disposals, year):
            told.append(InvestmentLeftOutView(name, "What it pays is not taxed as a capital gain."))
    return told


def _sum_of(taxed: Sequence[TaxedDisposal], term: Term) -> Decimal:
    return sum((one.gain for one in taxed if one.term is term), _ZERO)


def _bucket(one: GainBucket) -> GainBucketView:
    return GainBucketView(
        term=one.term,
        section=one.section,
        rate_percent=one.rate,
        gains=one.gains,
        losses=one.losses,
        set_off=one.set_off,
        exempted=one.exempted,
        taxable=one.taxable,
        tax=one.tax,
        unused_loss=one.unused_loss,
    )


def _line(portfolio: Portfolio, one: TaxedDisposal) -> GainLineView:
    sale = one.disposal
    instrument = portfolio.instruments[sale.key.instrument_id]
    return GainLineView(
        name=instrument.name,
        isin=instrument.isin,
        tax_class=one.tax_class,
        acquired_on=sale.acquired_on,
        sold_on=sale.sold_on,
        units=sale.units,
        cost=one.cost,
        cost_basis=one.basis,
        proceeds=sale.proceeds,
        gain=one.gain,
        term=one.term,
        section=one.section,
        rate_percent=one.rate,
        bonus=sale.is_bonus,
    )
